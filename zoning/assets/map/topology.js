// Decodes TopoJSON into one canvas path a unit, and finds the unit at a point.
// Paths are in a local Mercator plane around the middle of the edition: a path
// holds 32-bit numbers, and plain world coordinates would shake at street zoom.
// Ground of booths is decoded into the plane of the units it lies on.
(function () {
  "use strict";
  const S = (window.Seemana = window.Seemana || {});
  const PLANE = 1 << 20;
  const CELLS = 48;

  const mercatorX = (lon) => lon / 360 + 0.5;
  const mercatorY = (lat) => {
    const s = Math.sin((lat * Math.PI) / 180);
    return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
  };

  class Geometry {
    constructor(topology, origin) {
      const [west, south, east, north] = topology.bbox;
      this.bounds = [
        [south, west],
        [north, east],
      ];
      this.origin = origin || [mercatorX((west + east) / 2), mercatorY((south + north) / 2)];
      this._test = document.createElement("canvas").getContext("2d");
      const arcs = this._arcs(topology);
      // Lines between booths are drawn by themselves, each once.
      if (origin) this.arcs = arcs;
      this.units = topology.objects.units.geometries.map((g, index) =>
        this._unit(g, index, arcs, topology.transform)
      );
      this.byId = new Map(this.units.map((u) => [u.id, u]));
      const sides = Float64Array.from(this.units, (u) => u.side).sort();
      this.medianSide = sides[sides.length >> 1] || 1;
    }

    // Each arc as x, y, x, y ... in the plane, written without a pair per vertex.
    _arcs({ arcs, transform }) {
      const [kx, ky] = transform.scale;
      const [dx, dy] = transform.translate;
      const [originX, originY] = this.origin;
      return arcs.map((arc) => {
        const line = new Float64Array(arc.length * 2);
        let x = 0;
        let y = 0;
        for (let i = 0; i < arc.length; i++) {
          x += arc[i][0];
          y += arc[i][1];
          line[2 * i] = (mercatorX(dx + kx * x) - originX) * PLANE;
          line[2 * i + 1] = (mercatorY(dy + ky * y) - originY) * PLANE;
        }
        return line;
      });
    }

    _unit(g, index, arcs, transform) {
      const path = new Path2D();
      let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
      let area = 0;
      for (const polygon of g.arcs) {
        for (const ring of polygon) {
          let isFirst = true;
          let px = 0;
          let py = 0;
          for (const a of ring) {
            const line = arcs[a < 0 ? ~a : a];
            const n = line.length / 2;
            for (let i = isFirst ? 0 : 1; i < n; i++) {
              const j = 2 * (a < 0 ? n - 1 - i : i);
              const x = line[j];
              const y = line[j + 1];
              if (isFirst) {
                path.moveTo(x, y);
                isFirst = false;
              } else {
                path.lineTo(x, y);
                area += px * y - x * py;
              }
              px = x;
              py = y;
              if (x < x0) x0 = x;
              if (y < y0) y0 = y;
              if (x > x1) x1 = x;
              if (y > y1) y1 = y;
            }
          }
          path.closePath();
        }
      }
      const [atX, atY] = g.properties.at;
      const [kx, ky] = transform.scale;
      const [dx, dy] = transform.translate;
      return {
        index,
        id: g.id,
        name: g.properties.name,
        path,
        box: [x0, y0, x1, y1],
        at: atX < 0 ? null : this.toPlane(dy + ky * atY, dx + kx * atX),
        side: Math.sqrt(Math.abs(area) / 2),
      };
    }

    // Which units a cell may hold; built when the pointer first asks, after the map is painted.
    _buildGrid() {
      const low = [Infinity, Infinity];
      const high = [-Infinity, -Infinity];
      for (const { box } of this.units) {
        low[0] = Math.min(low[0], box[0]);
        low[1] = Math.min(low[1], box[1]);
        high[0] = Math.max(high[0], box[2]);
        high[1] = Math.max(high[1], box[3]);
      }
      this._low = low;
      this._cell = [(high[0] - low[0]) / CELLS || 1, (high[1] - low[1]) / CELLS || 1];
      this._grid = new Map();
      for (const unit of this.units) {
        if (unit.box[0] === Infinity) continue;
        const [i0, j0] = this._cellOf(unit.box[0], unit.box[1]);
        const [i1, j1] = this._cellOf(unit.box[2], unit.box[3]);
        for (let i = i0; i <= i1; i++) {
          for (let j = j0; j <= j1; j++) {
            const key = i * (CELLS + 1) + j;
            if (!this._grid.has(key)) this._grid.set(key, []);
            this._grid.get(key).push(unit);
          }
        }
      }
    }

    _cellOf(x, y) {
      return [
        Math.floor((x - this._low[0]) / this._cell[0]),
        Math.floor((y - this._low[1]) / this._cell[1]),
      ];
    }

    // Place in the plane of a latitude and longitude.
    toPlane(lat, lon) {
      return [(mercatorX(lon) - this.origin[0]) * PLANE, (mercatorY(lat) - this.origin[1]) * PLANE];
    }

    // Pixels a plane unit, and the plane's origin in the map's pixels, at a zoom.
    scaleAt(zoom) {
      const world = 256 * Math.pow(2, zoom);
      return { s: world / PLANE, x: this.origin[0] * world, y: this.origin[1] * world };
    }

    latLngBounds(unit) {
      const latLng = (x, y) => {
        const my = y / PLANE + this.origin[1];
        const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * my))) * 180) / Math.PI;
        return [lat, (x / PLANE + this.origin[0] - 0.5) * 360];
      };
      return L.latLngBounds(latLng(unit.box[0], unit.box[3]), latLng(unit.box[2], unit.box[1]));
    }

    unitAt(latlng) {
      if (!this._grid) this._buildGrid();
      const [x, y] = this.toPlane(latlng.lat, latlng.lng);
      const [i, j] = this._cellOf(x, y);
      for (const unit of this._grid.get(i * (CELLS + 1) + j) || []) {
        const [x0, y0, x1, y1] = unit.box;
        if (x < x0 || x > x1 || y < y0 || y > y1) continue;
        if (this._test.isPointInPath(unit.path, x, y)) return unit;
      }
      return null;
    }
  }

  S.Geometry = Geometry;
})();
