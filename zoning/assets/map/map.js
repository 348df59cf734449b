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
  // Raised with every change of a unit's colour.
  S.zoneStamp = 0;
  let version = "";
  let wanted = null;
  let focus = null;
  let waiting = Promise.resolve();
  // A cell of a hamlet is a kilometre wide, one of a city a hundred metres.
  const BOOTH_ZOOM = 16;

  S.zoneOf = (unit) => (S.live ? S.live.zones[S.live.columns.zone[unit.index]] : null);

  // Zone that a unit would come from; null where it stays, or where nothing is proposed.
  S.cameFrom = (unit) => {
    const from = S.live && S.live.columns.from ? S.live.columns.from[unit.index] : null;
    return from === null ? null : S.live.zones[from];
  };

  S.getJson = getJson;
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
    if (isOurs && S.booths) S.booths.select(null);
    S.marks.redraw();
    if (isOurs) tellPage(`unit:${unit ? encodeURIComponent(unit.id) : ""}`);
  }

  function chooseBooth(booth) {
    S.booths.select({ booth_id: booth.id, position: booth.position });
    S.selected = booth.unit;
    S.marks.redraw();
    tellPage(`booth:${encodeURIComponent(booth.id)}`);
  }

  function merge(answer) {
    S.zoneStamp += 1;
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
    // Asked for after the zones, and not waited for: they are painted before it comes.
    if (S.booths && update.booths) S.booths.follow(update.booths);
    await S.ready;
    S.asOf = update.asOf;
    S.painter.redraw();
    if (S.booths) S.booths.sheet.redraw();
    S.facilitySheets.forEach((sheet) => sheet.redraw());
    choose(update.selected === null ? null : S.geometry.byId.get(update.selected) || null, false);
    if (S.booths) S.booths.select(update.booth);
    if (update.focus !== focus) {
      focus = update.focus;
      const box = update.booth && update.booth.box;
      if (box && focus) {
        const [west, south, east, north] = box;
        const ground = L.latLngBounds([south, west], [north, east]).pad(1.5);
        S.map.fitBounds(ground, { animate: false, maxZoom: BOOTH_ZOOM });
      } else if (S.selected && focus) {
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
        const booth = f || !S.booths ? null : S.booths.at(event.latlng);
        const unit = f || booth ? null : S.geometry.unitAt(event.latlng);
        map.getContainer().style.cursor = f || booth || unit ? "pointer" : "";
        const area = booth ? booth.cell : unit;
        if (area !== S.hovered) {
          S.hovered = area;
          S.marks.redraw();
        }
        if (f) S.tooltip.show(event.containerPoint, S.facilityWords(f, false));
        else if (booth) S.tooltip.show(event.containerPoint, S.boothWords(booth));
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
      const booth = S.booths && S.booths.at(event.latlng);
      if (booth) chooseBooth(booth);
      else choose(S.geometry.unitAt(event.latlng), true);
    });
    map.on("overlayadd overlayremove", () => {
      const shown = [...S.facilitySheets].map((sheet) => sheet.kind);
      if (S.booths && S.booths.isOn()) shown.push("booths");
      tellPage(`layers:${shown.join(",")}`);
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
  S.boothLayer = (settings) => {
    S.booths = new S.Booths(settings);
    return S.booths.sheet;
  };
})();
