// A canvas that lies on the map: moved with it, scaled while it zooms, and
// drawn anew when it has come to rest.
(function () {
  "use strict";
  const S = window.Seemana;

  S.Sheet = L.Renderer.extend({
    options: { padding: 0.25, pane: "overlayPane" },

    _initContainer() {
      this._container = L.DomUtil.create("canvas", "seemana-sheet");
      this._container.setAttribute("aria-hidden", "true");
      if (this.options.rank) this._container.style.zIndex = this.options.rank;
      this._ctx = this._container.getContext("2d");
    },

    _destroyContainer() {
      L.DomUtil.remove(this._container);
      delete this._container;
      delete this._ctx;
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      this._ratio = ratio;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this._draw();
    },

    _updatePaths() {},

    _draw() {
      this._frame = null;
      if (!this._map || !this._ctx || !S.geometry) return;
      const ctx = this._ctx;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this._container.width, this._container.height);
      const zoom = this._map.getZoom();
      const { s, x, y } = S.geometry.scaleAt(zoom);
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      this.paint(ctx, {
        s,
        tx: x - corner.x,
        ty: y - corner.y,
        width: size.x,
        height: size.y,
        ratio: this._ratio,
        zoom,
      });
    },

    // Draw once before the next frame, however often it is asked.
    redraw() {
      if (this._map && !this._frame) this._frame = requestAnimationFrame(() => this._draw());
    },
  });

  // Which sheet lies on which, whatever the sequence in which they are switched on.
  S.RANK = { booths: 110, marks: 120, facilities: 130 };

  // Set the plane's coordinates on a canvas.
  S.usePlane = (ctx, view) =>
    ctx.setTransform(
      view.s * view.ratio,
      0,
      0,
      view.s * view.ratio,
      view.tx * view.ratio,
      view.ty * view.ratio
    );

  S.usePixels = (ctx, view) => ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);

  S.isInView = (unit, view) => {
    const [x0, y0, x1, y1] = unit.box;
    return (
      x1 * view.s + view.tx >= 0 &&
      y1 * view.s + view.ty >= 0 &&
      x0 * view.s + view.tx <= view.width &&
      y0 * view.s + view.ty <= view.height
    );
  };
})();
