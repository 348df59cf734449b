// Words about one booth. Every text from data is set as text, never as markup.
(function () {
  "use strict";
  const S = window.Seemana;
  const NAMED = 4;

  S.boothWords = (booth) => {
    const { words, styles } = S.booths;
    const box = document.createDocumentFragment();
    for (const { id, name } of booth.names.slice(0, NAMED)) {
      box.append(S.element("div", "seemana-name", name || id));
      if (name) box.append(S.element("div", "seemana-id", id));
    }
    if (booth.names.length > NAMED) {
      box.append(S.element("div", "", S.fill(words.more, { n: booth.names.length - NAMED })));
    }
    const style = styles[booth.category || (booth.isWatched ? "watch" : "none")];
    const line = S.element("div", "seemana-zone");
    const known = words.categories.find((category) => category.key === booth.category);
    line.append(S.chip({ ...style, letter: style.letter || "–" }), S.element("b", "", known.label));
    box.append(line);
    const say = (sentence) => box.append(S.element("div", "", sentence));
    if (booth.isWatched) say(words.watch);
    if (booth.needsSurvey) say(words.survey);
    if (booth.zone) {
      const { label, opened } = booth.zone;
      say(
        opened === null
          ? S.fill(words.zone, { zone: label })
          : S.fill(words.zoneSince, { zone: label, day: S.day(opened) })
      );
    }
    if (booth.unit) {
      const unit = booth.unit.name || booth.unit.id;
      const zone = S.words.zones[S.zoneOf(booth.unit)];
      say(S.fill(words.unit, { unit, zone }));
    }
    const how = words.provenances.find((way) => way.key === booth.provenance);
    box.append(S.element("div", "seemana-id", how.sentence));
    return box;
  };
})();
