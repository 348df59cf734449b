// Booths: fetches the chunks in view and keeps them, follows the categories, and
// tells which booth lies at a point. Categories are one character a booth.
(function () {
  "use strict";
  const S = window.Seemana;
  const FIRST_CHARACTER = 48;
  const KEPT_CHUNKS = 40;
  const PATIENCE_MS = 500;
  const GATHER_MS = 250;

  S.Booths = class {
    constructor(settings) {
      this.words = settings.words;
      this.styles = settings.styles;
      this.zones = new Map();
      this.stamp = 0;
      this.sheet = new S.BoothSheet(this);
      this._groundUrl = null;
      this._version = "";
      this._index = null;
      this._codes = null;
      this._chunks = new Map();
      this._asked = new Map();
      this._selected = null;
      this._waiting = Promise.resolve();
    }

    isOn() {
      return S.map.hasLayer(this.sheet);
    }

    // Whether cells are drawn, not only the outlines of zones.
    isNear() {
      return this.isOn() && this._index !== null && S.map.getZoom() >= this._index.fromZoom;
    }

    fromZoom() {
      return this._index.fromZoom;
    }

    hasCodes() {
      return this._codes !== null;
    }

    // Without an update nothing is known of any booth: what was in force isn't shown as if it were.
    follow(update) {
      this._wanted = update;
      const act = () => (update ? this._follow(update) : this._forget());
      this._waiting = this._waiting
        .then(() => (this._wanted === update ? act() : null))
        .catch((error) => S.notice.fail(error.message || this.words.failed));
    }

    async _follow(update) {
      const isNewGround = update.groundUrl !== this._groundUrl;
      const since = isNewGround ? "" : this._version;
      const isNew = update.version !== since;
      const query = since ? `?since=${encodeURIComponent(since)}` : "";
      const [index, answer] = await Promise.all([
        isNewGround ? S.getJson(`${update.groundUrl}/index.json`) : this._index,
        isNew ? S.getJson(update.liveUrl + query) : null,
        S.ready,
      ]);
      if (isNewGround) {
        this._index = index;
        this._groundUrl = update.groundUrl;
        this._chunks.clear();
        this._asked.clear();
      }
      if (isNew) {
        this._merge(answer);
        this._version = update.version;
      }
      this.redraw();
      document.body.dataset.booths = this._version;
    }

    _forget() {
      this._codes = null;
      this._version = "";
      this.zones.clear();
      this.sheet.painted = null;
      this.redraw();
      delete document.body.dataset.booths;
    }

    _merge(answer) {
      const whole = answer.at === undefined;
      if (whole) {
        this._codes = new Uint8Array(answer.codes.length);
        this._step = answer.step;
        this.zones.clear();
      }
      let at = -1;
      for (let i = 0; i < answer.codes.length; i++) {
        at = whole ? i : (i ? at : 0) + answer.at[i];
        this._codes[at] = answer.codes.charCodeAt(i) - FIRST_CHARACTER;
      }
      for (const id of answer.gone || []) this.zones.delete(id);
      for (const zone of answer.zones) this.zones.set(zone.id, zone);
      this._zoneOf = new Map();
      for (const zone of this.zones.values()) {
        let position = 0;
        for (const step of zone.booths) this._zoneOf.set((position += step), zone);
      }
      this.outlines = new S.Outlines([...this.zones.values()], this._step, S.geometry.origin);
      this.stamp += 1;
    }

    redraw() {
      this.sheet.redraw();
      S.marks.redraw();
      this.load();
    }

    // What the character of a booth says.
    at(latlng) {
      if (!this.isNear() || !this._codes) return null;
      for (const ground of this.inView().grounds) {
        const cell = ground.geometry.unitAt(latlng);
        if (cell) return this.boothOf(ground, cell);
      }
      return null;
    }

    boothOf(ground, cell) {
      const position = ground.positionOf(cell);
      const own = ground.boothsOf(cell);
      return {
        id: ground.booths.id[own[0]],
        names: own.map((i) => ({ id: ground.booths.id[i], name: ground.booths.name[i] })),
        position,
        cell,
        unit: this.unitOf(ground, cell),
        zone: this._zoneOf.get(position) || null,
        ...this.meaning(position),
      };
    }

    unitOf(ground, cell) {
      return S.geometry.byId.get(ground.units[ground.unitOf[cell.index]]) || null;
    }

    hasZone(position) {
      return this._zoneOf.has(position);
    }

    meaning(position) {
      const code = this._codes[position];
      return {
        category: this.words.categories[code & 3].key,
        isWatched: Boolean((code >> 2) & 1),
        needsSurvey: Boolean((code >> 3) & 1),
        provenance: this.words.provenances[code >> 4].key,
      };
    }

    // Chunks that touch the screen: those that are here, and the numbers of those that aren't.
    inView() {
      const view = S.map.getBounds();
      const grounds = [];
      const missing = [];
      this._index.bounds.forEach(([west, south, east, north], nth) => {
        if (!view.intersects([[south, west], [north, east]])) return;
        const ground = this._chunks.get(nth);
        if (!ground) {
          missing.push(nth);
          return;
        }
        grounds.push(ground);
        // Seen last, given up last.
        this._chunks.delete(nth);
        this._chunks.set(nth, ground);
      });
      return { grounds, missing };
    }

    load() {
      if (!this.isNear()) return;
      const { missing } = this.inView();
      for (const nth of missing) this._ask(nth);
      if (missing.length && !this._patience) {
        this._patience = setTimeout(() => {
          this._patience = null;
          if (this._asked.size) S.notice.busy(this.words.loading);
        }, PATIENCE_MS);
      }
    }

    _ask(nth) {
      if (this._asked.has(nth)) return;
      const url = this._groundUrl;
      const arrive = (chunk) => {
        if (url !== this._groundUrl) return;
        const ground = new S.Ground(chunk, this._index.starts[nth], S.geometry.origin);
        this._chunks.set(nth, ground);
        for (const old of this._chunks.keys()) {
          if (this._chunks.size <= KEPT_CHUNKS) break;
          this._chunks.delete(old);
        }
        this._asked.delete(nth);
        if (!this._asked.size) S.notice.clear();
        this._show();
      };
      const asking = S.getJson(`${url}/${nth}.json`).then(arrive).catch((error) => {
        this._asked.delete(nth);
        S.notice.fail(error.message || this.words.failed);
      });
      this._asked.set(nth, asking);
    }

    // Chunks come one by one, and a drawing costs more than a chunk: those that come shortly after
    // each other are drawn together.
    _show() {
      const draw = () => {
        clearTimeout(this._gathering);
        this._gathering = null;
        this.sheet.redraw();
        S.marks.redraw();
      };
      if (!this._asked.size) draw();
      else if (!this._gathering) this._gathering = setTimeout(draw, GATHER_MS);
    }

    select(chosen) {
      this._selected = chosen && chosen.position >= 0 ? chosen.position : null;
      this.selectedId = chosen ? chosen.booth_id : null;
    }

    selectedCell() {
      if (this._selected === null || !this.isNear()) return null;
      for (const ground of this._chunks.values()) {
        const at = this._selected - ground.first;
        if (at >= 0 && at < ground.booths.cell.length) return ground.cellAt(this._selected);
      }
      return null;
    }

    borderOf(unit) {
      if (!this.isNear()) return null;
      for (const ground of this._chunks.values()) {
        const at = ground.units.indexOf(unit.id);
        if (at >= 0) return ground.borders[at];
      }
      return null;
    }
  };
})();
