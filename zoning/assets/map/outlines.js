// Containment zones from afar: affected area, buffer and code of each, before
// single booths are worth drawing.
(function () {
  "use strict";
  const S = window.Seemana;
  const MARK_BELOW_PX = 7;
  const LABEL_FROM_PX = 34;
  const NEAR_LABEL_FROM_PX = 20;
  const MARK_PX = [2, 3.6];

  // Adds the outlines of both kinds as one geometry in the plane of the units.
  function geometryOf(zones, step, origin) {
    const arcs = [];
    const shapes = [];
    for (const zone of zones) {
      for (const kind of ["area", "buffer"]) {
        const rings = zone[kind].map((ring) => [arcs.push(ring) - 1]);
        shapes.push({ id: zone.id, properties: { name: zone.label, at: [-1, -1] }, arcs: [rings] });
      }
    }
    const transform = { scale: [step, step], translate: [0, 0] };
    const bbox = [0, 0, 0, 0];
    return new S.Geometry({ bbox, transform, arcs, objects: { units: { geometries: shapes } } }, origin);
  }

  // Labels of one drawing that don't lie on each other.
  S.Labels = class {
    constructor(ctx, view) {
      this._ctx = ctx;
      this._view = view;
      this._taken = [];
    }

    pill(text, x, y, { fill, ink, border }) {
      const ctx = this._ctx;
      ctx.font = `600 11.5px ${S.FONT}`;
      const w = ctx.measureText(text).width + 12;
      const box = [x - w / 2, y - 9, x + w / 2, y + 9];
      if (!this.claim(box)) return false;
      ctx.beginPath();
      ctx.roundRect(box[0], box[1], w, 18, 4);
      ctx.fillStyle = fill;
      ctx.strokeStyle = border;
      ctx.lineWidth = 1.5;
      ctx.fill();
      ctx.stroke();
      ctx.fillStyle = ink;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(text, x, y + 0.5);
      return true;
    }

    claim(box) {
      const [x0, y0, x1, y1] = box;
      const { width, height } = this._view;
      if (x1 < 0 || y1 < 0 || x0 > width || y0 > height || !this.isFree(box)) return false;
      this._taken.push(box);
      return true;
    }

    isFree([x0, y0, x1, y1]) {
      return !this._taken.some(([a0, b0, a1, b1]) => x0 < a1 && x1 > a0 && y0 < b1 && y1 > b0);
    }
  };

  S.Outlines = class {
    constructor(zones, step, origin) {
      this._zones = zones;
      const shapes = geometryOf(zones, step, origin).units;
      this._areas = shapes.filter((_, i) => i % 2 === 0);
      this._buffers = shapes.filter((_, i) => i % 2 === 1);
    }

    // Draws the areas; `fillWith` fills a path as the palette says for a category.
    paint(ctx, view, styles, fromZoom, fillWith) {
      const visible = (shape) => shape.box[0] !== Infinity && S.isInView(shape, view);
      const areas = this._areas.filter(visible);
      const large = new Path2D();
      const buffers = new Path2D();
      for (const shape of this._buffers) if (visible(shape)) buffers.addPath(shape.path);
      const small = [];
      // Of a whole state the marks stay small, or they would hide the colours beneath.
      const [least, most] = MARK_PX;
      const r = Math.min(most, Math.max(least, most - 0.45 * (fromZoom - view.zoom)));
      for (const shape of areas) {
        if (this._size(shape, view) < MARK_BELOW_PX) small.push(shape);
        else large.addPath(shape.path);
      }
      S.usePlane(ctx, view);
      ctx.lineJoin = "round";
      ctx.strokeStyle = styles.B.border;
      ctx.lineWidth = 1.6 / view.s;
      ctx.stroke(buffers);
      fillWith(buffers, "B");
      S.cordon(ctx, view, large, styles.cordon, r / 2);
      fillWith(large, "A");
      S.usePixels(ctx, view);
      for (const shape of small) this._mark(ctx, view, shape, styles, r);
    }

    _size({ box }, view) {
      return Math.max(box[2] - box[0], box[3] - box[1]) * view.s;
    }

    // A zone smaller than a few pixels is a diamond, so that none is overlooked.
    _mark(ctx, view, { box }, styles, r) {
      const x = ((box[0] + box[2]) / 2) * view.s + view.tx;
      const y = ((box[1] + box[3]) / 2) * view.s + view.ty;
      ctx.beginPath();
      ctx.moveTo(x, y - r);
      ctx.lineTo(x + r, y);
      ctx.lineTo(x, y + r);
      ctx.lineTo(x - r, y);
      ctx.closePath();
      ctx.fillStyle = styles.A.fill;
      ctx.strokeStyle = styles.cordon.border;
      ctx.lineWidth = 0.65 * r;
      ctx.stroke();
      ctx.fill();
    }

    // Writes the codes of zones that are large enough, above each.
    label(labels, view, style, isNear) {
      this._areas.forEach((shape, i) => {
        if (shape.box[0] === Infinity || !S.isInView(shape, view)) return;
        if (this._size(shape, view) < (isNear ? NEAR_LABEL_FROM_PX : LABEL_FROM_PX)) return;
        const x = ((shape.box[0] + shape.box[2]) / 2) * view.s + view.tx;
        const top = shape.box[1] * view.s + view.ty - 16;
        labels.pill(this._zones[i].label, x, Math.max(14, top), {
          fill: style.fill,
          ink: style.text,
          border: style.border,
        });
      });
    }
  };
})();
