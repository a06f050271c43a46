"use strict";
// Goes through the steps of a run. Everything there is to read is in the page already; this shows
// which step is looked at, where the tasks stand in the source then, and the arrows.
(() => {
  const root = document.documentElement;
  let errors = 0;
  window.addEventListener("error", () => { errors += 1; root.dataset.errors = errors; });
  document.addEventListener("securitypolicyviolation", () => { errors += 1; root.dataset.errors = errors; });

  const data = JSON.parse(document.getElementById("data").textContent);
  const steps = data.steps;
  const rows = [...document.querySelectorAll("tr.step")];
  const place = new Map(steps.map((step, at) => [step.number, at]));
  const names = [...document.querySelectorAll("thead th.lane")].map((it) => it.textContent);
  const find = (id) => document.getElementById(id);
  const words = { start: "starts", join: "is seen to end by", hand_over: "hands over to", message: "sends to", wake: "wakes up" };
  let current = -1;

  // What each task is doing after each step that is shown.
  const moments = [];
  let moment = names.map(() => ({ state: null, at: null, held: "" }));
  if (moment.length > 0) moment[0] = { state: "Running", at: null, held: "" };
  steps.forEach((step, at) => {
    moment = moment.map((it) => ({ ...it }));
    for (const [task, state] of step.states) moment[task].state = state;
    for (const [task, held] of step.held) moment[task].held = held;
    moment[step.task].at = at;
    moments.push(moment);
  });

  const text = (row, name) => row.querySelector(name)?.textContent ?? "";

  function element(name, kind, content) {
    const made = document.createElement(name);
    made.className = kind;
    made.textContent = content;
    return made;
  }

  function showSentence(at) {
    const sentence = find("sentence");
    const line = text(rows[at], ".at");
    sentence.replaceChildren(
      element("b", "", names[steps[at].task]), " ", text(rows[at], ".deed"),
      ...(line ? [" ", element("span", "at", line)] : []));
    if (rows[at].classList.contains("fails")) sentence.append(element("span", "verdict", data.here));
    const where = `${steps[at].number} of ${data.all}`;
    find("where").textContent = steps[at].time ? `${where}, ${steps[at].time}` : where;
  }

  function showLinks(at) {
    const parts = [];
    const add = (before, other) => {
      const link = element("a", "", `step ${other}`);
      link.href = `#step-${other}`;
      parts.push(parts.length ? "; " : "", before, " ", link);
    };
    const number = steps[at].number;
    for (const link of data.links) {
      if (link.to === number) add("because of", link.from);
      if (link.from === number) add(`${words[link.kind]} ${names[steps[place.get(link.to)].task]}:`, link.to);
    }
    find("links").replaceChildren(...parts);
  }

  function showTasks(at) {
    [...find("tasks").querySelectorAll("li")].forEach((item, task) => {
      const { state, at: last, held } = moments[at][task];
      const swatch = item.querySelector(".swatch");
      swatch.className = state ? `swatch t-${state.toLowerCase()}` : "swatch";
      item.querySelector(".state").textContent = state ?? "not started";
      const more = [];
      if (state === "Blocked" && last !== null) more.push(text(rows[last], ".deed"));
      if (last !== null && state !== "Exited") more.push(text(rows[last], ".at"));
      if (held) more.push(`holds ${held}`);
      item.querySelector(".more").textContent = more.filter(Boolean).join(", ");
    });
  }

  function showSource(at) {
    const source = find("source");
    if (!source) return;
    source.querySelectorAll(".tag").forEach((it) => it.remove());
    source.querySelectorAll(".here").forEach((it) => { it.classList.remove("here"); it.removeAttribute("aria-current"); });
    moments[at].forEach(({ state, at: last }, task) => {
      const line = last !== null && find(`line-${steps[last].line}`);
      if (!line || (state === "Exited" && last !== at)) return;
      const acts = last === at;
      line.append(element("span", acts ? "tag acts" : "tag", acts ? `▶ ${names[task]}` : `${names[task]} · ${state}`));
      if (!acts) return;
      line.classList.add("here");
      line.setAttribute("aria-current", "true");
      const [top, bottom] = [line.offsetTop, line.offsetTop + line.offsetHeight];
      const margin = Math.min(72, source.clientHeight / 4);
      if (top - margin < source.scrollTop || bottom + margin > source.scrollTop + source.clientHeight) {
        source.scrollTop = top - source.clientHeight / 2.5;
      }
    });
  }

  function showOutput(at) {
    const number = steps[at].number;
    document.querySelectorAll("#output li").forEach((it) => it.classList.toggle("later", Number(it.dataset.step) > number));
  }

  function select(at, { scroll = false, focus = false } = {}) {
    at = Math.max(0, Math.min(rows.length - 1, at));
    if (rows.length === 0) return;
    if (at !== current) {
      if (current >= 0) rows[current].removeAttribute("aria-current");
      rows.forEach((row, other) => { row.querySelector(".number a").tabIndex = other === at ? 0 : -1; });
      rows[at].setAttribute("aria-current", "step");
      current = at;
      root.dataset.current = steps[at].number;
      showSentence(at);
      showLinks(at);
      showTasks(at);
      showSource(at);
      showOutput(at);
      document.querySelectorAll("#arrows g").forEach((it) =>
        it.classList.toggle("near", [it.dataset.from, it.dataset.to].includes(String(steps[at].number))));
    }
    if (focus) rows[at].querySelector(".number a").focus({ preventScroll: true });
    if (scroll) show(rows[at]);
  }

  // In a frame of another page, that page is to stay where it is: scrollIntoView would move it, too.
  function show(row) {
    if (window.parent === window) return row.scrollIntoView({ block: "nearest" });
    const { top, bottom } = row.getBoundingClientRect();
    const head = find("board").querySelector("thead").offsetHeight;
    if (top < head) window.scrollBy(0, top - head);
    else if (bottom > innerHeight) window.scrollBy(0, bottom - innerHeight);
  }

  // Arrows, drawn over the table once it has its size.
  function draw() {
    const board = find("board").getBoundingClientRect();
    const middle = (at, task) => {
      const cell = rows[at].children[task + 1];
      const bar = cell.getBoundingClientRect();
      const style = getComputedStyle(cell, "::before");
      const x = bar.left - board.left + parseFloat(style.left) + parseFloat(style.width) / 2;
      return [x, bar.top - board.top + bar.height / 2];
    };
    const drawn = data.links.map((link) => {
      const [from, to] = [place.get(link.from), place.get(link.to)];
      const early = link.woke || link.kind === "start";
      const [x, y] = middle(from, steps[from].task);
      const [tx, ty] = middle(early ? from : to, steps[to].task);
      const side = Math.sign(tx - x) || 1;
      const [sx, ex] = [x + 7 * side, tx - 6 * side];
      const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
      group.setAttribute("class", early ? link.kind : `${link.kind} late`);
      group.dataset.from = link.from;
      group.dataset.to = link.to;
      const bend = Math.min(40, Math.abs(ex - sx));
      const line = early ? `M${sx},${y}H${ex}` : `M${sx},${y}C${sx + bend * side},${y} ${ex - bend * side},${ty} ${ex},${ty}`;
      const head = `M${ex},${ty}l${-8 * side},-4.5v9z`;
      for (const d of [line, head]) {
        const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
        path.setAttribute("d", d);
        group.append(path);
      }
      if ([link.from, link.to].includes(steps[current]?.number)) group.classList.add("near");
      return group;
    });
    find("arrows").replaceChildren(...drawn);
    root.dataset.arrows = drawn.length;
  }

  function fit() {
    root.style.setProperty("--lanes", Math.max(names.length, 1));
    const lane = document.querySelector("col.lane")?.getBoundingClientRect().width ?? 0;
    root.classList.toggle("narrow", lane < 74);
    draw();
  }

  const failing = () => place.get(data.failing) ?? rows.length - 1;
  const same = (way) => {
    let at = current + way;
    while (at >= 0 && at < steps.length && steps[at].task !== steps[current].task) at += way;
    return at >= 0 && at < steps.length ? at : current;
  };
  const ways = {
    first: () => 0,
    last: () => rows.length - 1,
    next: () => current + 1,
    previous: () => current - 1,
    failing,
  };
  const keys = {
    ArrowDown: ways.next, j: ways.next, ArrowUp: ways.previous, k: ways.previous,
    Home: ways.first, End: ways.last, f: failing,
    ArrowRight: () => same(1), ArrowLeft: () => same(-1),
    PageDown: () => current + 10, PageUp: () => current - 10,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "p" && passing) return togglePassing(!passing.open);
    if (!Object.hasOwn(keys, event.key)) return;
    // These scroll by the same keys.
    if (event.target.closest?.(".source, .output, .tasks ul")) return;
    event.preventDefault();
    const onButton = event.target.closest?.("button, summary");
    select(keys[event.key](), { scroll: true, focus: !onButton });
  });
  document.querySelectorAll("button[data-go]").forEach((button) =>
    button.addEventListener("click", () => select(ways[button.dataset.go](), { scroll: true })));
  const under = (event) => rows.indexOf(event.target.closest?.("tr.step"));
  let pointer = "";
  find("board").addEventListener("pointermove", (event) => {
    // A row that is scrolled under a pointer at rest is not pointed at.
    const now = `${event.screenX},${event.screenY}`;
    if (event.pointerType === "mouse" && now !== pointer && under(event) >= 0) select(under(event));
    pointer = now;
  });
  find("board").addEventListener("click", (event) => { if (under(event) >= 0) select(under(event)); });

  // The nearest schedule that passes, shown or not.
  const passing = find("passing");
  function togglePassing(open) {
    passing.open = open;
    root.dataset.passing = open;
    if (open) show(passing);
  }
  passing?.addEventListener("toggle", () => { root.dataset.passing = passing.open; });

  function follow() {
    const name = decodeURIComponent(location.hash.slice(1));
    if (name === "passing" && passing) {
      if (current < 0) select(0);
      togglePassing(true);
      return true;
    }
    const at = Object.hasOwn(ways, name) ? ways[name]() : place.get(Number(name.replace(/^step-/, "")));
    if (name === "" || at === undefined) return false;
    select(at, { scroll: true });
    return true;
  }
  window.addEventListener("hashchange", follow);
  // The browser goes to the step's number; its row may begin above the edge.
  window.addEventListener("load", () => requestAnimationFrame(follow));

  if (matchMedia("(min-width: 60.01rem)").matches) find("tasks").open = names.length <= 12;
  fit();
  if (!follow()) select(0);
  new ResizeObserver(fit).observe(find("board"));
  root.dataset.steps = rows.length;
  root.dataset.lanes = names.length;
  root.dataset.errors = errors;
})();
