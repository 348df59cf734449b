// Marks on outlines of units. `Seemana.marks` is called once by the map's script,
// `Seemana.point` for each jump. Every text from data is set as text, never as markup.
(function () {
  "use strict";
  const S = window.Seemana;
  let byNumber = new Map();
  let focus = null;
  let chosen = null;
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

  function icon(mark, isChosen) {
    const kind = mark.isGrave ? "grave" : "noted";
    const size = isChosen ? 30 : 16;
    return L.divIcon({
      className: `seemana-mark seemana-${kind}${isChosen ? " seemana-chosen" : ""}`,
      html: mark.isGrave ? "<span>×</span>" : "<span>!</span>",
      iconSize: [size, size],
    });
  }

  function draw(map, mark, scale, renderer) {
    const kind = mark.isGrave ? "grave" : "noted";
    if (mark.rings.length) {
      mark.area = L.polygon(ringsOf(mark.rings, scale), {
        renderer,
        color: getComputedStyle(document.body).getPropertyValue(`--${kind}`).trim(),
        weight: 2,
        dashArray: mark.isGrave ? null : "5 4",
        fillOpacity: 0.25,
      }).addTo(map);
      mark.area.bindTooltip(() => words(mark), { sticky: true });
    }
    mark.pin = L.marker(mark.at, { icon: icon(mark, false), keyboard: false }).addTo(map);
    mark.pin.bindTooltip(() => words(mark));
    mark.pin.on("click", () => map.fitBounds(mark.box, { maxZoom: closest(mark), animate: false }));
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
      byNumber = new Map(marks.map((mark) => [mark.number, mark]));
      for (const mark of marks) draw(map, mark, markScale, renderer);
      focus = null;
      chosen = null;
      frameHome(map, bounds);
      document.body.dataset.marks = String(marks.length);
    },
  });

  S.marks = (options) => new S.MarkLayer(options);

  S.point = ({ number, focus: wanted, theme }) => {
    document.body.dataset.theme = theme;
    if (chosen) {
      chosen.pin.setIcon(icon(chosen, false)).setZIndexOffset(0).closePopup().unbindPopup();
      chosen = null;
    }
    const mark = byNumber.get(number);
    document.body.dataset.chosen = mark ? String(number) : "";
    if (!mark) return;
    chosen = mark;
    mark.pin.setIcon(icon(mark, true)).setZIndexOffset(1000);
    if (wanted !== focus) {
      focus = wanted;
      const box = L.latLngBounds(mark.box);
      S.map.invalidateSize({ animate: false });
      S.map.fitBounds(box.pad(0.6), { maxZoom: closest(mark), animate: false });
    }
    mark.pin.bindPopup(words(mark), { offset: [0, -8], autoPan: false }).openPopup();
  };
})();
