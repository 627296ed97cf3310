import * as Plot from "@observablehq/plot";
import {h, responsive} from "./dom.js";

// Okabe & Ito's colours, each with a symbol of its own: neither colour nor shape alone.
const looks = [["#d55e00", "triangle"], ["#cc79a7", "square"], ["#e69f00", "diamond"], ["#009e73", "star"], ["#56b4e9", "wye"], ["#f0e442", "cross"]];
const ofState = ["#0072b2", "circle"];
const shape = (geometry) => ({type: "Feature", properties: {}, geometry});

export function map(block) {
  const places = block.places.filter((place) => place.lat !== null);
  const byId = new Map(places.map((place) => [place.id, place]));
  const look = new Map(block.groups.map((group, index) => [group.id, looks[index % looks.length]]));
  const nameOf = new Map(block.groups.map((group) => [group.id, group.name]));
  const chronicle = block.chronicle;
  let at = 0, timer = null;

  const holderAt = (place, hour) => {
    let holder = place.holder;
    for (const change of chronicle ? chronicle.holders : []) {
      if (change.place_id === place.id && change.hour <= hour) holder = change.holder;
    }
    return holder;
  };
  const roads = block.roads.filter((road) => byId.has(road.from) && byId.has(road.to))
    .map((road) => shape({type: "LineString", coordinates: [road.from, road.to].map((id) => [byId.get(id).lon, byId.get(id).lat])}));
  const extent = block.outline ? shape(block.outline.country) : shape({type: "MultiPoint", coordinates: places.map((place) => [place.lon, place.lat])});
  const largest = Math.max(...places.map((place) => place.population));

  const draw = (width) => {
    const event = chronicle ? chronicle.events[at] : null;
    const marked = places.map((place) => ({...place, holder: event ? holderAt(place, event.hour) : place.holder}));
    const radius = (place) => 4 + 10 * Math.sqrt(place.population / largest);
    const marks = [];
    if (block.outline) {
      marks.push(Plot.geo(block.outline.neighbours.map((other) => shape(other.geometry)), {fill: "var(--land)", stroke: "var(--line)", strokeWidth: 0.5}),
        Plot.geo(extent, {fill: "var(--paper)", stroke: "var(--grey)", strokeWidth: 1.5}));
    }
    marks.push(Plot.geo(roads, {stroke: "var(--grey)", strokeWidth: 1, strokeDasharray: "3 2"}));
    for (const [holder, [colour, symbol]] of [["", ofState], ...look]) {
      marks.push(Plot.dot(marked.filter((place) => place.holder === holder), {x: "lon", y: "lat", r: radius, fill: colour, symbol, stroke: "var(--paper)", title: (place) => `${place.name}: ${holder ? nameOf.get(holder) : "the state"}`}));
    }
    const here = event ? marked.filter((place) => place.id === event.place_id) : [];
    marks.push(Plot.dot(here, {x: "lon", y: "lat", r: 17, stroke: "currentColor", strokeWidth: 2, className: "here"}),
      ...[true, false].map((capital) => Plot.text(marked.filter((place) => place.capital === capital && (width > 520 || capital || here.includes(place))),
        {x: "lon", y: "lat", text: (place) => place.name + (capital ? " ★" : ""), dy: capital ? 24 : -15, fill: "currentColor", stroke: "var(--paper)", strokeWidth: 3, fontSize: 12})));
    return Plot.plot({width, height: Math.min(520, Math.max(260, width * 0.66)), margin: 8, style: {fontFamily: "inherit", background: "none", color: "inherit"},
      r: {type: "identity"}, projection: {type: "mercator", domain: extent, inset: 16}, marks});
  };
  const held = block.groups.filter((group) => places.some((place) => place.holder === group.id) || (chronicle && chronicle.holders.some((change) => change.holder === group.id)));
  const symbolOf = {circle: "●", triangle: "▲", square: "■", diamond: "◆", star: "★", wye: "⅄", cross: "✚"};
  const legend = h("p", {class: "legend"}, [["", ofState], ...held.map((group) => [group.id, look.get(group.id)])].map(([id, [colour, symbol]]) =>
    h("span", {class: "key"}, h("b", {style: `color:${colour}`}, symbolOf[symbol]), id ? nameOf.get(id) : "held by the state")));
  // Without an outline, a map is made by the places that it shows, and a single one makes none.
  const drawable = block.outline || new Set(places.map((place) => `${place.lat} ${place.lon}`)).size > 1;
  const box = drawable ? responsive(draw, "map of the country: towns, roads, and who holds what") : null;
  const unplaced = block.places.filter((place) => place.lat === null).map((place) => place.name);
  const parts = [box, drawable ? legend : null, unplaced.length ? h("p", {class: "note"}, "Not on the map, for want of a position: " + unplaced.join(", ")) : null];
  return chronicle && chronicle.events.length ? [...parts, ...stepper()] : parts;

  function stepper() {
    const list = h("ol", {class: "chronicle", tabindex: 0, "aria-label": "what happens, in order"}, chronicle.events.map((event, index) =>
      h("li", {"data-event": index, onclick: () => go(index)}, h("time", {}, event.date), " ", event.place ? h("b", {}, event.place + ": ") : null, event.text)));
    const range = h("input", {type: "range", min: 0, max: chronicle.events.length - 1, value: 0, "aria-label": "position in the chronicle", oninput: () => go(Number(range.value))});
    const play = h("button", {type: "button", onclick: toggle}, "▶ play");
    const now = h("p", {class: "now", "aria-live": "polite"});
    const controls = h("div", {class: "controls"}, h("button", {type: "button", onclick: () => go(at - 1), "aria-label": "previous event"}, "◀"),
      h("button", {type: "button", "data-next": true, onclick: () => go(at + 1), "aria-label": "next event"}, "▶"), play, range);
    list.addEventListener("keydown", (key) => {
      if (key.key === "ArrowDown" || key.key === "ArrowRight") go(at + 1);
      else if (key.key === "ArrowUp" || key.key === "ArrowLeft") go(at - 1);
      else return;
      key.preventDefault();
    });
    function toggle() {
      if (timer) { clearInterval(timer); timer = null; play.textContent = "▶ play"; return; }
      play.textContent = "❚❚ stop";
      timer = setInterval(() => { if (at + 1 < chronicle.events.length) go(at + 1); else toggle(); }, 700);
    }
    function go(index) {
      at = Math.max(0, Math.min(chronicle.events.length - 1, index));
      range.value = at;
      const event = chronicle.events[at];
      now.replaceChildren(h("time", {}, event.date), ` — ${event.place ? event.place + ": " : ""}${event.text}`);
      list.querySelectorAll("[aria-current]").forEach((item) => item.removeAttribute("aria-current"));
      const item = list.children[at];
      item.setAttribute("aria-current", "step");
      list.scrollTop = item.offsetTop - list.clientHeight / 2;
      if (!box) return;
      box.dataset.holders = JSON.stringify(Object.fromEntries(block.places.map((place) => [place.id, holderAt(place, event.hour)])));
      box.redraw();
    }
    go(0);
    return [h("h3", {}, chronicle.label), h("p", {}, chronicle.verdict), now, controls, list];
  }
}
