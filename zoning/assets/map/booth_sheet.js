// Cells of booths: ground, lines, cordon, letters. Colour is never alone: A is
// solid behind a cordon, B hatched, C plain, a watched booth ringed with dashes.
(function () {
  "use strict";
  const S = window.Seemana;
  const LETTER_FROM_PX = 17;
  const NAME_FROM_PX = 92;
  const UNIT_FROM_PX = 130;

  // Outer half of a line round areas that touch: what follows is filled over the inner half.
  // Each by itself: one path of thousands of areas takes three times as long to stroke.
  S.cordon = (ctx, view, paths, style, width, join = "round") => {
    S.usePlane(ctx, view);
    ctx.lineJoin = join;
    ctx.setLineDash([]);
    for (const [w, colour] of [
      [width + 1.5, style.fill],
      [width, style.border],
    ]) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = (2 * w) / view.s;
      for (const path of paths) ctx.stroke(path);
    }
  };

  S.whole = (paths) => {
    const whole = new Path2D();
    for (const path of paths) whole.addPath(path);
    return whole;
  };

  function mixed(over, under, opacity) {
    const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    const channels = [0, 1, 2].map((i) =>
      Math.round(opacity * part(over, i) + (1 - opacity) * part(under, i))
    );
    return `rgb(${channels.join(",")})`;
  }

  S.BoothSheet = S.Sheet.extend({
    options: { rank: S.RANK.booths },

    initialize(booths) {
      L.Renderer.prototype.initialize.call(this);
      this._booths = booths;
      this._patterns = new Map();
    },

    onAdd(map) {
      S.Sheet.prototype.onAdd.call(this, map);
      map.on("moveend", this._booths.load, this._booths);
      this._booths.load();
      S.marks.redraw();
    },

    onRemove(map) {
      map.off("moveend", this._booths.load, this._booths);
      S.Sheet.prototype.onRemove.call(this, map);
      this.painted = null;
      S.marks.redraw();
    },

    paint(ctx, view) {
      const booths = this._booths;
      if (!booths.hasCodes() || !S.live) return;
      const isNear = booths.isNear();
      const { grounds, missing } = isNear ? booths.inView() : { grounds: [], missing: [] };
      const styles = booths.styles;
      if (!isNear || missing.length) {
        const fill = (path, key) => this._fill(ctx, view, path, key);
        booths.outlines.paint(ctx, view, styles, booths.fromZoom(), fill);
      }
      const labels = new S.Labels(ctx, view);
      if (grounds.length) this._paintGrounds(ctx, view, grounds);
      S.usePixels(ctx, view);
      booths.outlines.label(labels, view, styles.cordon, isNear);
      this._unitLabels(labels, view, grounds);
      this._letters(ctx, view, grounds, labels);
      this.painted = { zoom: view.zoom, isNear, missing: missing.length, shown: grounds.length };
    },

    _paintGrounds(ctx, view, grounds) {
      const styles = this._booths.styles;
      const drawn = grounds.map((ground) => this._drawn(ground));
      const each = (kind, act) => drawn.forEach((d) => d[kind].forEach(act));
      const sides = grounds.map((g) => g.geometry.medianSide).sort((a, b) => a - b);
      const side = sides[sides.length >> 1] * view.s;
      const grow = Math.min(1, 0.35 + side / 60);
      const all = (kind) => drawn.flatMap((d) => d[kind]);
      each("plain", (path, key) => this._fillPlain(ctx, view, path, key));
      const buffer = all("buffer");
      S.usePlane(ctx, view);
      ctx.lineJoin = "round";
      ctx.strokeStyle = styles.B.border;
      ctx.lineWidth = (2 * styles.B.cordon * grow) / view.s;
      for (const path of buffer) ctx.stroke(path);
      this._fill(ctx, view, S.whole(buffer), "B");
      each("lines", (path, key) => this._line(ctx, view, path, styles.C.border, key, side));
      for (const d of drawn) this._ring(ctx, view, d, styles.watch, grow);
      this._unitBorders(ctx, view, grounds, grow);
      S.cordon(ctx, view, all("zone"), styles.cordon, styles.A.cordon * grow);
      // A cordon may run round ground that isn't A any more: what it covers is drawn again.
      each("inside", (path, key) => this._fillPlain(ctx, view, path, key));
      this._fill(ctx, view, S.whole(all("insideBuffer")), "B");
      this._fill(ctx, view, S.whole(all("affected")), "A");
      each("inner", (path, key) => this._line(ctx, view, path, styles.A.border, key, side));
      each("survey", (path, key) => this._dots(ctx, view, path, key));
    },

    // The unit's own letter and name, where they cover little of it.
    _unitLabels(labels, view, grounds) {
      for (const ground of grounds) {
        for (const id of ground.units) {
          const unit = S.geometry.byId.get(id);
          if (!unit || !unit.at || unit.side * view.s < UNIT_FROM_PX) continue;
          const style = S.styles[S.zoneOf(unit)];
          const x = unit.at[0] * view.s + view.tx;
          const y = unit.at[1] * view.s + view.ty;
          labels.pill(`${style.letter} · ${unit.name || unit.id}`, x, y, {
            fill: style.fill,
            ink: style.text,
            border: style.border,
          });
        }
      }
    },

    // What is drawn of a chunk, kept until a category or a colour changes.
    _drawn(ground) {
      const booths = this._booths;
      const stamp = `${booths.stamp}/${S.zoneStamp}`;
      if (ground.drawn && ground.drawn.stamp === stamp) return ground.drawn;
      const drawn = {
        stamp,
        plain: new Map(),
        inside: new Map(),
        lines: new Map(),
        inner: new Map(),
        watch: new Path2D(),
        ring: new Path2D(),
        survey: new Map(),
        buffer: [],
        insideBuffer: [],
        affected: [],
        zone: [],
      };
      const into = (map, key, path) => {
        if (!map.has(key)) map.set(key, new Path2D());
        map.get(key).addPath(path);
      };
      const said = ground.cells.map((cell) => {
        const position = ground.positionOf(cell);
        const is = booths.meaning(position);
        const unit = booths.unitOf(ground, cell);
        const inZone = booths.hasZone(position);
        const colour = `${is.category}|${unit ? S.zoneOf(unit) : "unclassified"}`;
        if (inZone) drawn.zone.push(cell.path);
        if (is.category === "A") {
          drawn.affected.push(cell.path);
          if (!inZone) drawn.zone.push(cell.path);
        } else if (is.category === "B") {
          (inZone ? drawn.insideBuffer : drawn.buffer).push(cell.path);
        } else {
          into(inZone ? drawn.inside : drawn.plain, colour, cell.path);
        }
        if (is.isWatched) drawn.watch.addPath(cell.path);
        if (is.needsSurvey) into(drawn.survey, is.category || "C", cell.path);
        return is;
      });
      const provenance = (a, b) => {
        const known = [a, b].filter((i) => i >= 0).map((i) => said[i].provenance);
        return known.every((key) => key === "surveyed") ? "surveyed" : "derived";
      };
      const isA = (i) => i >= 0 && said[i].category === "A";
      drawn.lines = ground.lines((a, b) => (isA(a) && isA(b) ? null : provenance(a, b)));
      const isWatched = (i) => i >= 0 && said[i].isWatched;
      const ring = ground.lines((a, b) => (isWatched(a) === isWatched(b) ? null : "ring"));
      drawn.ring = ring.get("ring") || drawn.ring;
      drawn.inner = ground.lines((a, b) => (isA(a) && isA(b) ? provenance(a, b) : null));
      ground.drawn = drawn;
      return drawn;
    },

    // Where a category is only an outline, the colour of the unit shows through.
    _fillPlain(ctx, view, path, key) {
      const [category, zone] = key.split("|");
      const style = this._booths.styles[category || "none"];
      const under = S.styles[zone] || S.styles.unclassified;
      S.usePlane(ctx, view);
      ctx.fillStyle = mixed(style.fill, under.fill, style.opacity);
      ctx.fill(path);
      if (!category) this._pattern(ctx, view, path, under, zone);
    },

    _fill(ctx, view, path, category) {
      const style = this._booths.styles[category];
      S.usePlane(ctx, view);
      ctx.fillStyle = style.fill;
      ctx.fill(path);
      this._pattern(ctx, view, path, style, category);
    },

    _pattern(ctx, view, path, style, key) {
      const name = `${key}@${view.ratio}`;
      if (!this._patterns.has(name)) {
        this._patterns.set(name, S.patternOf(ctx, style, view.ratio));
      }
      const pattern = this._patterns.get(name);
      if (!pattern) return;
      const k = 1 / (view.s * view.ratio);
      pattern.setTransform(new DOMMatrix([k, 0, 0, k, 0, 0]));
      ctx.fillStyle = pattern;
      ctx.fill(path);
    },

    // A category that stands in for knowledge is dotted in the colour of its own line.
    _dots(ctx, view, path, category) {
      const style = this._booths.styles[category];
      S.usePlane(ctx, view);
      this._pattern(ctx, view, path, { ink: style.border, pattern: "dots" }, `survey ${category}`);
    },

    _line(ctx, view, path, colour, provenance, side) {
      const isSurveyed = provenance === "surveyed";
      S.usePlane(ctx, view);
      ctx.save();
      ctx.strokeStyle = colour;
      ctx.globalAlpha = Math.min(1, 0.25 + side / 40);
      ctx.lineWidth = (isSurveyed ? 1.1 : 0.8) / view.s;
      if (!isSurveyed) ctx.setLineDash([4 / view.s, 3 / view.s]);
      ctx.stroke(path);
      ctx.restore();
    },

    // Round all watched booths that touch, on their side of the border.
    _ring(ctx, view, { watch, ring }, style, grow) {
      S.usePlane(ctx, view);
      ctx.save();
      ctx.clip(watch);
      ctx.strokeStyle = style.border;
      ctx.lineWidth = (2 * style.cordon * grow) / view.s;
      ctx.setLineDash(style.dash.map((d) => (d * grow) / view.s));
      ctx.stroke(ring);
      ctx.restore();
    },

    _unitBorders(ctx, view, grounds, grow) {
      S.usePlane(ctx, view);
      ctx.lineJoin = "round";
      for (const [width, colour] of [
        [4.5, "#ffffff"],
        [2, "#14181d"],
      ]) {
        ctx.lineWidth = (width * grow) / view.s;
        ctx.strokeStyle = colour;
        for (const ground of grounds) for (const path of ground.borderLines) ctx.stroke(path);
      }
    },

    _letters(ctx, view, grounds, labels) {
      const { styles, words } = this._booths;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      for (const ground of grounds) {
        for (const cell of ground.cells) {
          const across = cell.side * view.s;
          if (across < LETTER_FROM_PX || !cell.at || !S.isInView(cell, view)) continue;
          const is = this._booths.meaning(ground.positionOf(cell));
          const style = styles[is.category || (is.isWatched ? "watch" : "none")];
          const letter = style.letter + (is.needsSurvey ? "?" : "");
          const x = cell.at[0] * view.s + view.tx;
          const y = cell.at[1] * view.s + view.ty;
          const size = Math.min(20, Math.max(10, across / 3.6));
          if (!labels.isFree([x - size / 2, y - size / 2, x + size / 2, y + size / 2])) continue;
          const write = (text, font, dy) => {
            ctx.font = font;
            ctx.lineWidth = 3.5;
            ctx.strokeStyle = style.fill;
            ctx.fillStyle = style.text;
            ctx.strokeText(text, x, y + dy);
            ctx.fillText(text, x, y + dy);
          };
          const booth = ground.booths;
          const first = ground.speaker[cell.index];
          const n = across >= NAME_FROM_PX ? ground.boothsOf(cell).length : 1;
          const text = n > 1 ? S.fill(words.shared, { n }) : booth.name[first] || booth.id[first];
          ctx.font = `500 11px ${S.FONT}`;
          const hasName = across >= NAME_FROM_PX && ctx.measureText(text).width < across * 1.1;
          if (letter) write(letter, `700 ${size}px ${S.FONT}`, hasName ? -size * 0.5 : 0);
          if (hasName) write(text, `500 11px ${S.FONT}`, letter ? size * 0.65 : 0);
        }
      }
    },
  });
})();
