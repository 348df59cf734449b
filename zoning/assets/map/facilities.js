// Facilities: a shape a kind, a ring for the freshness of what was reported.
(function () {
  "use strict";
  const S = window.Seemana;
  const FIELD = 24;
  const LARGE_FROM_ZOOM = 12;

  const sizeAt = (zoom, span) => (zoom >= span + 1.5 ? 28 : zoom >= span + 0.5 ? 22 : 17);

  function stamp(style, kind, state, size, ratio) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = Math.ceil((size + 4) * ratio);
    const c = canvas.getContext("2d");
    c.scale((size / FIELD) * ratio, (size / FIELD) * ratio);
    c.translate((2 * FIELD) / size, (2 * FIELD) / size);
    const middle = FIELD / 2;
    c.shadowColor = "rgba(0,0,0,0.35)";
    c.shadowBlur = 3 * ratio;
    c.fillStyle = style.disc;
    c.beginPath();
    c.arc(middle, middle, 11.4, 0, 2 * Math.PI);
    c.fill();
    c.shadowColor = "transparent";
    const ring = style.freshness[state] || style.freshness.unknown;
    c.strokeStyle = style.ring;
    c.lineWidth = 2;
    c.setLineDash(ring.dash);
    c.beginPath();
    c.arc(middle, middle, 10.4, -Math.PI / 2, -Math.PI / 2 + ring.turn * 2 * Math.PI);
    c.stroke();
    c.setLineDash([]);
    c.fillStyle = style.shape;
    c.fill(new Path2D(style.kinds[kind]), "evenodd");
    return canvas;
  }

  S.FacilitySheet = S.Sheet.extend({
    options: { rank: S.RANK.facilities },

    initialize(kind, style) {
      L.Renderer.prototype.initialize.call(this);
      this.kind = kind;
      this._style = style;
      this._stamps = new Map();
    },

    onAdd(map) {
      S.Sheet.prototype.onAdd.call(this, map);
      S.facilitySheets.add(this);
    },

    onRemove(map) {
      S.facilitySheets.delete(this);
      S.Sheet.prototype.onRemove.call(this, map);
    },

    _rows() {
      if (!S.facilities) return [];
      return S.facilities.filter((f) => f.kind === this.kind);
    },

    _size() {
      return sizeAt(this._map.getZoom(), S.homeZoom || LARGE_FROM_ZOOM);
    },

    paint(ctx, view) {
      const size = this._size();
      S.usePixels(ctx, view);
      for (const f of this._rows()) {
        const [px, py] = S.geometry.toPlane(f.lat, f.lon);
        const x = px * view.s + view.tx;
        const y = py * view.s + view.ty;
        if (x < -size || y < -size || x > view.width + size || y > view.height + size) continue;
        const key = `${f.state}@${size}@${view.ratio}`;
        if (!this._stamps.has(key)) {
          this._stamps.set(key, stamp(this._style, this.kind, f.state, size, view.ratio));
        }
        const full = size + 4;
        ctx.drawImage(this._stamps.get(key), x - full / 2, y - full / 2, full, full);
      }
    },

    facilityAt(point) {
      const reach = this._size() / 2 + 2;
      let found = null;
      for (const f of this._rows()) {
        const p = this._map.latLngToContainerPoint([f.lat, f.lon]);
        if (p.distanceTo(point) <= reach) found = f;
      }
      return found;
    },
  });

  S.facilitySheets = new Set();

  S.facilityAt = (point) => {
    for (const sheet of [...S.facilitySheets].reverse()) {
      const found = sheet.facilityAt(point);
      if (found) return found;
    }
    return null;
  };
})();
