// Areas: fill, pattern, inner border and letter of every unit by its zone.
(function () {
  "use strict";
  const S = window.Seemana;
  const TILE = 8;
  const LETTER_FROM_PX = 20;
  const NAME_FROM_PX = 64;
  // What would change is told sooner than what stays.
  const PAIR_FROM_PX = 12;
  const FONT = 'system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif';

  const MARKS = {
    plain() {},
    diagonal(c) {
      c.lineWidth = 1.6;
      c.beginPath();
      for (const shift of [-TILE, 0, TILE]) {
        c.moveTo(shift - 1, TILE + 1);
        c.lineTo(shift + TILE + 1, -1);
      }
      c.stroke();
    },
    dots(c) {
      for (const [x, y] of [
        [2, 2],
        [6, 6],
      ]) {
        c.beginPath();
        c.arc(x, y, 1.2, 0, 2 * Math.PI);
        c.fill();
      }
    },
    lines(c) {
      c.lineWidth = 1.2;
      c.beginPath();
      for (const y of [2, 6]) {
        c.moveTo(0, y);
        c.lineTo(TILE, y);
      }
      c.stroke();
    },
    cross(c) {
      c.lineWidth = 1;
      c.beginPath();
      c.moveTo(-1, -1);
      c.lineTo(TILE + 1, TILE + 1);
      c.moveTo(TILE + 1, -1);
      c.lineTo(-1, TILE + 1);
      c.stroke();
    },
  };

  S.FONT = FONT;

  S.patternOf = patternOf;
  function patternOf(ctx, style, ratio) {
    if (style.pattern === "plain") return null;
    const tile = document.createElement("canvas");
    tile.width = tile.height = TILE * ratio;
    const c = tile.getContext("2d");
    c.scale(ratio, ratio);
    c.strokeStyle = c.fillStyle = style.ink;
    MARKS[style.pattern](c);
    return ctx.createPattern(tile, "repeat");
  }

  S.ZoneSheet = S.Sheet.extend({
    initialize(styles) {
      L.Renderer.prototype.initialize.call(this);
      this._styles = styles;
      this._patterns = new Map();
    },

    paint(ctx, view) {
      const byZone = new Map();
      const shown = [];
      for (const unit of S.geometry.units) {
        if (unit.box[0] === Infinity || !S.isInView(unit, view)) continue;
        const zone = S.zoneOf(unit);
        if (!byZone.has(zone)) byZone.set(zone, new Path2D());
        byZone.get(zone).addPath(unit.path);
        shown.push(unit);
      }
      if (!S.live) {
        this._paintOutlines(ctx, view, byZone.get(null));
        return;
      }
      const side = S.geometry.medianSide * view.s;
      // Severe areas last: their edge is never covered by a milder neighbour's.
      for (const zone of [...S.live.zones].reverse()) {
        if (byZone.has(zone)) this._paintZone(ctx, view, byZone.get(zone), zone, side);
      }
      this._paintChanges(ctx, view, shown);
      S.usePixels(ctx, view);
      for (const unit of shown) this._paintLabel(ctx, view, unit);
    },

    _paintOutlines(ctx, view, path) {
      if (!path) return;
      S.usePlane(ctx, view);
      ctx.strokeStyle = "rgba(120,128,140,0.55)";
      ctx.lineWidth = 0.6 / view.s;
      ctx.stroke(path);
    },

    _paintZone(ctx, view, path, zone, side) {
      const style = this._styles[zone];
      S.usePlane(ctx, view);
      ctx.fillStyle = style.fill;
      ctx.fill(path);
      const pattern = this._patternFor(ctx, zone, view.ratio);
      if (pattern) {
        const k = 1 / (view.s * view.ratio);
        pattern.setTransform(new DOMMatrix([k, 0, 0, k, 0, 0]));
        ctx.fillStyle = pattern;
        ctx.fill(path);
      }
      ctx.save();
      ctx.strokeStyle = style.border;
      ctx.lineJoin = "round";
      if (side < 14) {
        // Too small for an inner edge: a hairline keeps the areas apart.
        ctx.globalAlpha = 0.1 + 0.5 * (side / 14);
        ctx.lineWidth = 0.5 / view.s;
      } else {
        ctx.clip(path);
        ctx.lineWidth = (2 * Math.min(1.5, Math.max(0.6, side / 45)) * style.cordon) / view.s;
        ctx.setLineDash(style.dash.map((d) => d / view.s));
      }
      ctx.stroke(path);
      ctx.restore();
    },

    // Told by an outline and a pair of letters, not by colour alone.
    _paintChanges(ctx, view, shown) {
      const changed = shown.filter(S.cameFrom);
      if (!changed.length) return;
      const path = new Path2D();
      for (const unit of changed) path.addPath(unit.path);
      S.usePlane(ctx, view);
      ctx.lineJoin = "round";
      for (const [width, colour] of [
        [6, "#ffffff"],
        [3, "#11151a"],
      ]) {
        ctx.lineWidth = width / view.s;
        ctx.strokeStyle = colour;
        ctx.stroke(path);
      }
    },

    _patternFor(ctx, zone, ratio) {
      const key = `${zone}@${ratio}`;
      if (!this._patterns.has(key)) {
        this._patterns.set(key, patternOf(ctx, this._styles[zone], ratio));
      }
      return this._patterns.get(key);
    },

    _paintLabel(ctx, view, unit) {
      const side = unit.side * view.s;
      const from = S.cameFrom(unit);
      if (side < (from ? PAIR_FROM_PX : LETTER_FROM_PX) || !unit.at) return;
      const style = this._styles[S.zoneOf(unit)];
      const x = unit.at[0] * view.s + view.tx;
      const y = unit.at[1] * view.s + view.ty;
      const size = Math.min(22, Math.max(11, side / 4));
      const write = (text, font, dy) => {
        ctx.font = font;
        ctx.lineWidth = 4;
        ctx.lineJoin = "round";
        ctx.strokeStyle = style.fill;
        ctx.fillStyle = style.text;
        ctx.strokeText(text, x, y + dy);
        ctx.fillText(text, x, y + dy);
      };
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      const nameFont = `500 ${Math.min(14, Math.max(11, side / 11))}px ${FONT}`;
      ctx.font = nameFont;
      const text = unit.name || unit.id;
      const hasName = side >= NAME_FROM_PX && ctx.measureText(text).width < side * 1.15;
      const letter = from ? `${this._styles[from].letter}→${style.letter}` : style.letter;
      write(letter, `700 ${size}px ${FONT}`, hasName ? -size * 0.5 : 0);
      if (hasName) write(text, nameFont, size * 0.62);
    },
  });

  // Outlines of what is under the pointer and of what was chosen.
  S.MarkSheet = S.Sheet.extend({
    options: { rank: S.RANK.marks },

    paint(ctx, view) {
      S.usePlane(ctx, view);
      ctx.lineJoin = "round";
      const outline = (path, widths) => {
        for (const [width, colour] of widths) {
          ctx.lineWidth = width / view.s;
          ctx.strokeStyle = colour;
          ctx.stroke(path);
        }
      };
      const booth = S.booths && S.booths.selectedCell();
      if (S.hovered && S.hovered !== S.selected && S.hovered !== booth) {
        outline(S.hovered.path, [
          [4.5, "rgba(255,255,255,0.9)"],
          [1.8, "#11151a"],
        ]);
      }
      if (S.selected) {
        // Where cells are drawn, the unit ends where they do, not where its coarser outline runs.
        const path = (S.booths && S.booths.borderOf(S.selected)) || S.selected.path;
        outline(path, booth ? [[5, "#ffffff"], [2.5, "#1447c0"]] : [[8, "#ffffff"], [4, "#1447c0"]]);
      }
      if (booth) {
        outline(booth.path, [
          [8, "#ffffff"],
          [4, "#1447c0"],
        ]);
      }
    },
  });
})();
