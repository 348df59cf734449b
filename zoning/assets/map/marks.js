// Marks on outlines of units. `Seemana.marks` is called once by the map's script,
// `Seemana.point` for each jump. Every text from data is set as text, never as markup.
(function () {
  "use strict";
  const S = window.Seemana;
  let focus = null;
  let chosen = null;
  let areas = [];
  let pins = [];
  // A frame that isn't laid out yet has no height, and no zoom would fit.
  const LEAST_PX = 40;

  // A point is looked at with its neighbourhood, an area as closely as it needs.
  const closest = (mark) => (mark.rings.length ? 18 : 14);

  function ringsOf(encoded, scale) {
    return encoded.map((steps) => {
      const ring = [];
      let lat = 0;
      let lng = 0;
      for (let i = 0; i < steps.length; i += 2) {
        lat += steps[i];
        lng += steps[i + 1];
        ring.push([lat / scale, lng / scale]);
      }
      return ring;
    });
  }

  function words(mark) {
    const box = document.createElement("div");
    const title = document.createElement("b");
    title.textContent = mark.title;
    const sentence = document.createElement("div");
    sentence.textContent = mark.words;
    box.append(title, sentence);
    return box;
  }

  const colour = (name) => getComputedStyle(document.body).getPropertyValue(`--${name}`).trim();
  const kindOf = (mark) => (mark.isGrave ? "grave" : "noted");

  // Thousands of marks as elements of the page would be too slow: they are painted.
  L.Canvas.include({
    _updateMark(pin) {
      if (!this._drawing || pin._empty()) return;
      const { x, y } = pin._point;
      const ctx = this._ctx;
      const { isGrave } = pin.options;
      const ink = colour(isGrave ? "grave" : "noted");
      const paper = colour("card");
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
      ctx.beginPath();
      if (isGrave) ctx.rect(x - 7, y - 7, 14, 14);
      else ctx.arc(x, y, 7, 0, 2 * Math.PI);
      ctx.fillStyle = isGrave ? ink : paper;
      ctx.fill();
      ctx.lineWidth = isGrave ? 1 : 2;
      ctx.strokeStyle = isGrave ? paper : ink;
      ctx.stroke();
      ctx.fillStyle = isGrave ? paper : ink;
      ctx.font = "700 11px system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(isGrave ? "×" : "!", x, y + 0.5);
    },
  });
  const Pin = L.CircleMarker.extend({
    options: { radius: 8 },
    _updatePath() {
      this._renderer._updateMark(this);
    },
  });

  function area(mark, scale, renderer) {
    return L.polygon(ringsOf(mark.rings, scale), {
      renderer,
      color: colour(kindOf(mark)),
      weight: 2,
      dashArray: mark.isGrave ? null : "5 4",
      fillOpacity: 0.25,
    });
  }

  function draw(map, mark, scale, renderer) {
    const tip = () => words(mark);
    if (mark.rings.length) {
      const shape = area(mark, scale, renderer).bindTooltip(tip, { sticky: true }).addTo(map);
      areas.push([shape, kindOf(mark)]);
    }
    pins.push(new Pin(mark.at, { renderer, isGrave: mark.isGrave }).bindTooltip(tip).addTo(map));
  }

  function single(mark, scale) {
    const icon = L.divIcon({
      className: `seemana-mark seemana-${kindOf(mark)}`,
      html: mark.isGrave ? "<span>×</span>" : "<span>!</span>",
      iconSize: [30, 30],
    });
    const pin = L.marker(mark.at, { icon, keyboard: false, zIndexOffset: 1000 });
    pin.bindPopup(words(mark), { offset: [0, -10], autoPan: false });
    const layers = mark.rings.length ? [area(mark, scale, L.svg()), pin] : [pin];
    return { pin, layers: L.layerGroup(layers) };
  }

  // Keep everything in view until the user, or a jump, first moves the map.
  function frameHome(map, home) {
    let isMoved = false;
    const fit = () => {
      map.invalidateSize({ animate: false });
      const { x, y } = map.getSize();
      if (isMoved || focus || x < LEAST_PX || y < LEAST_PX) return;
      map.fitBounds(home, { animate: false, padding: [14, 14] });
    };
    const container = map.getContainer();
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      container.addEventListener(name, () => (isMoved = true), { passive: true, capture: true });
    }
    fit();
    new ResizeObserver(fit).observe(container);
  }

  S.MarkLayer = L.Layer.extend({
    initialize(options) {
      this._settings = options;
    },

    onAdd(map) {
      const { bounds, aria, units, unitScale, marks, markScale } = this._settings;
      S.map = map;
      map.getContainer().setAttribute("aria-label", aria);
      L.control.scale({ imperial: false }).addTo(map);
      const renderer = L.canvas({ padding: 0.3 });
      for (const rings of units) {
        L.polygon(ringsOf(rings, unitScale), {
          renderer,
          color: "#7b8794",
          weight: 1,
          fillOpacity: 0.08,
          interactive: false,
        }).addTo(map);
      }
      areas = [];
      pins = [];
      for (const mark of marks) draw(map, mark, markScale, renderer);
      focus = null;
      chosen = null;
      frameHome(map, bounds);
      document.body.dataset.marks = String(marks.length);
    },
  });

  S.marks = (options) => new S.MarkLayer(options);

  // What is painted takes its colours when it is painted.
  function wear(theme) {
    if (document.body.dataset.theme === theme) return;
    document.body.dataset.theme = theme;
    for (const [shape, kind] of areas) shape.setStyle({ color: colour(kind) });
    for (const pin of pins) pin.redraw();
  }

  S.point = ({ mark, scale, focus: wanted, theme }) => {
    wear(theme);
    document.body.dataset.chosen = mark ? String(mark.number) : "";
    if (chosen) chosen.layers.remove();
    chosen = mark ? single(mark, scale) : null;
    if (!mark) return;
    chosen.layers.addTo(S.map);
    if (wanted !== focus) {
      focus = wanted;
      S.map.invalidateSize({ animate: false });
      const box = L.latLngBounds(mark.box).pad(0.6);
      S.map.fitBounds(box, { maxZoom: closest(mark), animate: false });
    }
    chosen.pin.openPopup();
  };
})();
