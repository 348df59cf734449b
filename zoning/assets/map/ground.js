// One chunk of booths' ground: a cell a station, the lines between cells, the
// borders of units. It never changes; what a booth is comes with the live data.
(function () {
  "use strict";
  const S = window.Seemana;

  function trace(path, line) {
    path.moveTo(line[0], line[1]);
    for (let i = 2; i < line.length; i += 2) path.lineTo(line[i], line[i + 1]);
  }

  class Ground {
    constructor(chunk, first, origin) {
      this.first = first;
      this.geometry = new S.Geometry(chunk, origin);
      this.cells = this.geometry.units;
      this.booths = chunk.booths;
      this.unitOf = chunk.unitOf;
      this.units = chunk.units;
      this.borders = chunk.borders.map((arcs) => {
        const path = new Path2D();
        for (const a of arcs) trace(path, this.geometry.arcs[a]);
        return path;
      });
      // The same without what another unit's border has already: each line is drawn once.
      const seen = new Set();
      this.borderLines = chunk.borders.map((arcs) => {
        const path = new Path2D();
        for (const a of arcs) {
          if (!seen.has(a)) trace(path, this.geometry.arcs[a]);
          seen.add(a);
        }
        return path;
      });
      // Of booths at one point the first speaks for the cell.
      this.speaker = new Int32Array(this.cells.length).fill(-1);
      chunk.booths.cell.forEach((cell, i) => {
        if (this.speaker[cell] < 0) this.speaker[cell] = i;
      });
      this._sides = this._sidesOf(chunk.objects.units.geometries);
      this.drawn = null;
    }

    // The two cells beside each line, -1 where the chunk ends.
    _sidesOf(geometries) {
      const sides = new Int32Array(this.geometry.arcs.length * 2).fill(-1);
      geometries.forEach((g, cell) => {
        for (const polygon of g.arcs) {
          for (const ring of polygon) {
            for (const a of ring) {
              const at = 2 * (a < 0 ? ~a : a);
              sides[sides[at] < 0 ? at : at + 1] = cell;
            }
          }
        }
      });
      return sides;
    }

    // One path for each kind of line that `kindOf` tells from the cells beside it.
    lines(kindOf) {
      const paths = new Map();
      this.geometry.arcs.forEach((line, a) => {
        const kind = kindOf(this._sides[2 * a], this._sides[2 * a + 1]);
        if (kind === null) return;
        if (!paths.has(kind)) paths.set(kind, new Path2D());
        trace(paths.get(kind), line);
      });
      return paths;
    }

    positionOf(cell) {
      return this.first + this.speaker[cell.index];
    }

    cellAt(position) {
      return this.cells[this.booths.cell[position - this.first]];
    }

    // The booths of a cell as positions in the chunk.
    boothsOf(cell) {
      const found = [];
      this.booths.cell.forEach((c, i) => {
        if (c === cell.index) found.push(i);
      });
      return found;
    }
  }

  S.Ground = Ground;
})();
