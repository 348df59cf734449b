// Words on the map: tooltip, popup, legend, state of loading. Every text from
// data is set as text, never as markup.
(function () {
  "use strict";
  const S = window.Seemana;
  const grouped = (value, decimals) =>
    new Intl.NumberFormat("en-IN", { maximumFractionDigits: decimals }).format(value);

  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, key) => values[key]);

  function element(tag, name, text) {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  function day(n) {
    const d = new Date(n * 86400000);
    return `${d.getUTCDate()} ${S.words.months[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
  }

  function age(seconds) {
    const minutes = Math.max(0, Math.round(seconds / 60));
    if (minutes < 60) return fill(S.words.minutes, { m: minutes });
    if (minutes < 2880) {
      return fill(S.words.hours, { h: Math.floor(minutes / 60), m: minutes % 60 });
    }
    return fill(S.words.days, { d: Math.floor(minutes / 1440) });
  }

  function figure(value, words) {
    if (value === null || value === undefined) return S.words.notComputable;
    if (value === "inf") return S.words.unlimited;
    const text = grouped(value, words.decimals);
    return words.unit ? `${text} ${words.unit}` : text;
  }

  function chip(style) {
    const node = element("span", "seemana-chip", style.letter);
    node.style.background = style.fill;
    node.style.color = style.text;
    node.style.borderColor = style.border;
    return node;
  }

  function unitWords(unit) {
    const box = document.createDocumentFragment();
    box.append(element("div", "seemana-name", unit.name || unit.id));
    if (unit.name) box.append(element("div", "seemana-id", unit.id));
    if (!S.live) return box;
    const zone = S.zoneOf(unit);
    const line = element("div", "seemana-zone");
    line.append(chip(S.styles[zone]), element("b", "", S.words.zones[zone]));
    const since = S.live.columns.since[unit.index];
    const from = S.cameFrom(unit);
    if (from) line.append(` ${fill(S.words.cameFrom, { zone: S.words.zones[from] })}`);
    else if (since !== null) line.append(` ${fill(S.words.since, { day: day(since) })}`);
    box.append(line);
    const table = element("table", "seemana-figures");
    for (const words of S.words.figures) {
      const column = S.live.columns[words.key];
      if (!column) continue;
      const row = element("tr");
      row.append(
        element("td", "", words.label),
        element("td", "seemana-value", figure(column[unit.index], words))
      );
      table.append(row);
    }
    if (table.childNodes.length) box.append(table);
    return box;
  }

  function facilityWords(f, isWhole) {
    const box = document.createDocumentFragment();
    box.append(element("div", "seemana-name", f.name));
    box.append(element("div", "seemana-id", S.words.kinds[f.kind]));
    if (f.beds !== null) {
      box.append(
        element(
          "div",
          "",
          f.vacant === null
            ? fill(S.words.bedsTotal, { beds: grouped(f.beds, 0) })
            : fill(S.words.beds, { vacant: grouped(f.vacant, 0), beds: grouped(f.beds, 0) })
        )
      );
    }
    const state = S.words.states[f.state];
    box.append(
      element(
        "div",
        `seemana-fresh seemana-${f.state}`,
        f.told === null
          ? S.words.neverTold
          : fill(S.words.told, { age: age(S.asOf - f.told), state })
      )
    );
    if (isWhole && f.phone) {
      const line = element("div");
      const link = element("a", "", f.phone);
      link.href = `tel:${f.phone.replace(/[^+\d]/g, "")}`;
      line.append(link);
      box.append(line);
    }
    return box;
  }

  class Tooltip {
    constructor(map) {
      this._map = map;
      this._node = element("div", "seemana-tooltip");
      this._node.setAttribute("role", "status");
      this._node.hidden = true;
      map.getContainer().append(this._node);
    }

    show(point, words) {
      this._node.replaceChildren(words);
      this._node.hidden = false;
      this.move(point);
    }

    move(point) {
      const size = this._map.getSize();
      const { offsetWidth: w, offsetHeight: h } = this._node;
      const x = point.x + 18 + w > size.x ? point.x - w - 14 : point.x + 18;
      const y = point.y + 14 + h > size.y ? point.y - h - 10 : point.y + 14;
      this._node.style.transform = `translate(${Math.max(4, x)}px, ${Math.max(4, y)}px)`;
    }

    hide() {
      this._node.hidden = true;
    }
  }

  // A bar with words while something loads, or a sentence when it failed.
  class Notice {
    constructor(map) {
      this._node = element("div", "seemana-notice");
      this._node.setAttribute("role", "status");
      this._node.hidden = true;
      map.getContainer().append(this._node);
    }

    busy(sentence) {
      this._node.replaceChildren(element("span", "", sentence), element("i", "seemana-bar"));
      this._node.classList.remove("seemana-failed");
      this._node.hidden = false;
    }

    fail(sentence) {
      this._node.replaceChildren(element("span", "", sentence));
      this._node.classList.add("seemana-failed");
      this._node.hidden = false;
    }

    clear() {
      this._node.hidden = true;
    }
  }

  S.element = element;
  S.chip = chip;
  S.fill = fill;
  S.day = day;
  S.Tooltip = Tooltip;
  S.Notice = Notice;
  S.unitWords = unitWords;
  S.facilityWords = facilityWords;

  S.legend = (swatches) => {
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => {
      const box = element("div", "seemana-legend leaflet-control");
      for (const { picture, label } of swatches) {
        const item = element("span", "seemana-item");
        const image = element("img");
        image.src = picture;
        image.alt = "";
        item.append(image, label);
        box.append(item);
      }
      return box;
    };
    return control;
  };
})();
