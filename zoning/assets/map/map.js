// Joins geometry (once an edition) and classes (each change) on the map, and
// tells the page which unit was chosen. `Seemana.zones` is called once by the
// map's constant script; `Seemana.apply` by every later change.
(function () {
  "use strict";
  const S = window.Seemana;

  S.geometry = null;
  S.live = null;
  S.facilities = null;
  S.selected = null;
  S.hovered = null;
  let version = "";
  let wanted = null;
  let focus = null;
  let waiting = Promise.resolve();

  S.zoneOf = (unit) => (S.live ? S.live.zones[S.live.columns.zone[unit.index]] : null);

  async function getJson(url) {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) {
      const body = await answer.json().catch(() => ({}));
      throw new Error(body.message || S.words.failed);
    }
    return answer.json();
  }

  // The page learns of a choice through the layer click that streamlit-folium
  // reports as text; the moment makes each click a new value.
  function tellPage(text) {
    const content = `${text}#${Date.now()}`;
    const source = { _tooltip: { _content: content }, getTooltip: () => ({ getContent: () => content }) };
    S.bridge.fire("click", { latlng: S.map.getCenter(), sourceTarget: source });
  }

  function choose(unit, isOurs) {
    S.selected = unit;
    S.marks.redraw();
    if (isOurs) tellPage(`unit:${unit ? encodeURIComponent(unit.id) : ""}`);
  }

  function merge(answer) {
    if (answer.at === undefined) {
      S.live = { zones: answer.zones, columns: answer.columns };
    } else {
      for (const [key, column] of Object.entries(answer.columns)) {
        answer.at.forEach((index, i) => {
          S.live.columns[key][index] = column[i];
        });
      }
    }
    const f = answer.facilities;
    if (f && f.id) {
      const keys = Object.keys(f);
      S.facilities = f.id.map((_, i) => Object.fromEntries(keys.map((k) => [k, f[k][i]])));
    }
  }

  async function follow(update) {
    if (update.version !== version) {
      const query = version ? `?since=${encodeURIComponent(version)}` : "";
      merge(await getJson(update.liveUrl + query));
      version = update.version;
    }
    await S.ready;
    S.asOf = update.asOf;
    S.painter.redraw();
    S.facilitySheets.forEach((sheet) => sheet.redraw());
    choose(update.selected === null ? null : S.geometry.byId.get(update.selected) || null, false);
    if (update.focus !== focus) {
      focus = update.focus;
      if (S.selected && focus) {
        S.map.fitBounds(S.geometry.latLngBounds(S.selected).pad(1.2), { animate: false });
      }
    }
    S.notice.clear();
    document.body.dataset.painted = version;
  }

  S.apply = (update) => {
    document.body.dataset.theme = update.theme;
    wanted = update;
    waiting = waiting.then(() => (wanted === update ? follow(update) : null)).catch((error) => {
      S.notice.fail(error.message || S.words.failed);
    });
  };

  function listen(map) {
    const hasPointer = window.matchMedia("(hover: hover)").matches;
    let frame = null;
    const hover = (event) => {
      if (frame) return;
      frame = requestAnimationFrame(() => {
        frame = null;
        if (!S.geometry) return;
        const f = S.facilityAt(event.containerPoint);
        const unit = f ? null : S.geometry.unitAt(event.latlng);
        map.getContainer().style.cursor = f || unit ? "pointer" : "";
        if (unit !== S.hovered) {
          S.hovered = unit;
          S.marks.redraw();
        }
        if (f) S.tooltip.show(event.containerPoint, S.facilityWords(f, false));
        else if (unit) S.tooltip.show(event.containerPoint, S.unitWords(unit));
        else S.tooltip.hide();
      });
    };
    const leave = () => {
      S.tooltip.hide();
      if (!S.hovered) return;
      S.hovered = null;
      S.marks.redraw();
    };
    if (hasPointer) map.on("mousemove", hover).on("mouseout", leave).on("movestart", leave);
    map.on("click", (event) => {
      if (!S.geometry) return;
      const f = S.facilityAt(event.containerPoint);
      if (f) {
        S.tooltip.hide();
        const box = document.createElement("div");
        box.append(S.facilityWords(f, true));
        L.popup({ offset: [0, -8] }).setLatLng([f.lat, f.lon]).setContent(box).openOn(map);
        return;
      }
      choose(S.geometry.unitAt(event.latlng), true);
    });
    map.on("overlayadd overlayremove", () => {
      tellPage(`layers:${[...S.facilitySheets].map((sheet) => sheet.kind).join(",")}`);
    });
  }

  // Keep the whole area in view until the user first moves the map.
  function frameHome(map) {
    let isMoved = false;
    const fit = () => {
      map.invalidateSize({ animate: false });
      if (isMoved || focus || !map.getSize().x) return;
      map.fitBounds(S.home, { animate: false, padding: [14, 14] });
      S.homeZoom = map.getZoom();
    };
    const container = map.getContainer();
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      container.addEventListener(name, () => (isMoved = true), { passive: true, capture: true });
    }
    fit();
    new ResizeObserver(fit).observe(container);
  }

  S.ZoneLayer = L.Layer.extend({
    initialize(options) {
      this._settings = options;
    },

    onAdd(map) {
      const { geometryUrl, bounds, styles, words, legend } = this._settings;
      S.map = map;
      S.styles = styles;
      S.words = words;
      S.home = bounds;
      S.bridge = this;
      S.tooltip = new S.Tooltip(map);
      S.notice = new S.Notice(map);
      S.notice.busy(words.loading);
      S.painter = new S.ZoneSheet(styles).addTo(map);
      S.marks = new S.MarkSheet().addTo(map);
      L.control.scale({ imperial: false }).addTo(map);
      if (legend.length) S.legend(legend).addTo(map);
      map.getContainer().setAttribute("aria-label", words.aria);
      frameHome(map);
      listen(map);
      S.ready = getJson(geometryUrl).then((topology) => {
        S.geometry = new S.Geometry(topology);
        S.painter.redraw();
      });
      S.ready.catch((error) => S.notice.fail(error.message || words.failed));
    },
  });

  S.zones = (options) => new S.ZoneLayer(options);
  S.facilityLayer = (kind, style) => new S.FacilitySheet(kind, style);
})();
