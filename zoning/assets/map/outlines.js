// Containment zones from afar: affected area, buffer and code of each, before
// single booths are worth drawing.
(function () {
  "use strict";
  const S = window.Seemana;
  const MARK_BELOW_PX = 7;
  const LABEL_FROM_PX = 34;
  const NEAR_LABEL_FROM_PX = 20;
  const MARK_PX = [2, 3.6];
  // Corners nearer to each other than this are one on the screen.
  const CORNER_PX = 1;

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

  function thinned(lines, gap) {
    const path = new Path2D();
    const gap2 = gap * gap;
    for (const line of lines) {
      let [px, py] = line;
      path.moveTo(px, py);
      for (let i = 2; i < line.length; i += 2) {
        const dx = line[i] - px;
        const dy = line[i + 1] - py;
        if (dx * dx + dy * dy < gap2) continue;
        px = line[i];
        py = line[i + 1];
        path.lineTo(px, py);
      }
      path.closePath();
    }
    return path;
  }

  // A zone smaller than a few pixels is a diamond, so that none is overlooked; of a whole state
  // there are thousands, so it is drawn once and copied.
  function markOf(styles, r, ratio) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 2 * Math.ceil((r * 1.5 + 1) * ratio);
    const ctx = tile.getContext("2d");
    ctx.translate(tile.width / 2, tile.height / 2);
    ctx.scale(ratio, ratio);
    ctx.beginPath();
    ctx.moveTo(0, -r);
    ctx.lineTo(r, 0);
    ctx.lineTo(0, r);
    ctx.lineTo(-r, 0);
    ctx.closePath();
    ctx.fillStyle = styles.A.fill;
    ctx.strokeStyle = styles.cordon.border;
    ctx.lineWidth = 0.65 * r;
    ctx.lineJoin = "round";
    ctx.stroke();
    ctx.fill();
    return tile;
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
      const geometry = geometryOf(zones, step, origin);
      const shapes = geometry.units;
      let nth = 0;
      zones.forEach((zone, i) => {
        for (const [kind, shape] of [
          ["area", shapes[2 * i]],
          ["buffer", shapes[2 * i + 1]],
        ]) {
          shape.lines = geometry.arcs.slice(nth, nth + zone[kind].length);
          nth += zone[kind].length;
        }
      });
      this._areas = shapes.filter((_, i) => i % 2 === 0);
      this._buffers = shapes.filter((_, i) => i % 2 === 1);
    }

    // The outline with the corners that a screen can show; kept until the zoom changes. From afar
    // a state's outlines have ten times as many.
    _pathAt(shape, view) {
      if (shape.drawnAt !== view.s) {
        shape.drawnAt = view.s;
        shape.drawn = thinned(shape.lines, CORNER_PX / view.s);
      }
      return shape.drawn;
    }

    // Draws the areas; `fillWith` fills a path as the palette says for a category.
    paint(ctx, view, styles, fromZoom, fillWith) {
      const visible = (shape) => shape.box[0] !== Infinity && S.isInView(shape, view);
      const areas = this._areas.filter(visible);
      const large = [];
      const buffers = this._buffers.filter(visible).map((shape) => this._pathAt(shape, view));
      const small = [];
      // Of a whole state the marks stay small, or they would hide the colours beneath.
      const [least, most] = MARK_PX;
      const r = Math.min(most, Math.max(least, most - 0.45 * (fromZoom - view.zoom)));
      for (const shape of areas) {
        if (this._size(shape, view) < MARK_BELOW_PX) small.push(shape);
        else large.push(this._pathAt(shape, view));
      }
      S.usePlane(ctx, view);
      // So thin a line shows no joins, and round ones cost half of its time.
      ctx.lineJoin = "bevel";
      ctx.strokeStyle = styles.B.border;
      ctx.lineWidth = 1.6 / view.s;
      for (const path of buffers) ctx.stroke(path);
      fillWith(S.whole(buffers), "B");
      S.cordon(ctx, view, large, styles.cordon, r / 2, "bevel");
      fillWith(S.whole(large), "A");
      S.usePixels(ctx, view);
      const mark = markOf(styles, r, view.ratio);
      const side = mark.width / view.ratio;
      for (const { box } of small) {
        const x = ((box[0] + box[2]) / 2) * view.s + view.tx;
        const y = ((box[1] + box[3]) / 2) * view.s + view.ty;
        ctx.drawImage(mark, x - side / 2, y - side / 2, side, side);
      }
    }

    _size({ box }, view) {
      return Math.max(box[2] - box[0], box[3] - box[1]) * view.s;
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
