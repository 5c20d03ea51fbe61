// Picking a sentence shows its detail and lights up the abstract; all of it is in the page already.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;
  const motion = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  let current = null;
  let returnTo = null;
  let quote = null;
  let cuesShown = true;
  let submitted = null;
  let toResult = false;

  function announce(words) {
    const line = byId("announce");
    if (line) line.textContent = words;
  }

  /** Light up in the abstract what `reference` quotes, and bring it into view inside its own box. */
  function light(reference) {
    const box = byId("marked-abstract");
    if (!box) return;
    let first = null;
    for (const run of box.querySelectorAll(".quotable")) {
      const lit = run.dataset.refs.split(" ").includes(reference);
      run.classList.toggle("lit", lit);
      if (lit && !first) first = run;
    }
    if (!first) return;
    const top = first.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTo({ top: Math.max(0, top - 24), behavior: motion() });
  }

  function pick(id, { focus = false, from = null } = {}) {
    const detail = byId(`detail-${id}`);
    if (!detail) return;
    current = id;
    quote = null;
    if (from) returnTo = from;
    for (const section of all(".detail")) section.hidden = section !== detail;
    const opening = byId("opening");
    if (opening) opening.hidden = true;
    for (const piece of all("[data-pick]")) {
      const picked = piece.dataset.pick === id;
      piece.classList.toggle("picked", picked);
      if (piece.matches("[role=button], button")) piece.setAttribute("aria-pressed", String(picked));
    }
    detail.parentElement.scrollTop = 0;
    light(id);
    if (focus || (from && narrow())) {
      detail.querySelector("h3").focus({ preventScroll: true });
      byId("panel").scrollIntoView({ block: narrow() ? "start" : "nearest", behavior: motion() });
    }
  }

  const isDismissed = (id) => Boolean(byId(`mark-${id}`)?.classList.contains("dismissed"));

  const findings = () => byId("panel").dataset.order.split(" ").filter(Boolean);

  /** Take a finding off the page, or put it back; the check itself stays as it was. */
  function dismiss(id, gone) {
    for (const piece of all(`[data-pick="${id}"]`)) piece.classList.toggle("dismissed", gone);
    const box = byId(`detail-${id}`).querySelector(".dismissal");
    box.querySelector("[data-dismiss]").hidden = gone;
    box.querySelector(".dismissed-note").hidden = !gone;
    box.querySelector(gone ? "[data-restore]" : "[data-dismiss]").focus();
    const order = findings();
    const left = order.filter((one) => !isDismissed(one)).length;
    const line = byId("status-line");
    const told = left === 0 ? "Nothing left to fix" : `${left.toLocaleString("en")} ${left === 1 ? "thing" : "things"} to fix`;
    const away = left < order.length ? ` (${order.length - left} dismissed)` : "";
    line.textContent = line.textContent.replace(/^[^,]+(?=, )/, told + away);
  }

  /** What the checker said and of which words: for whoever mends it, and only if it is sent. */
  function falseAlarm(index) {
    const report = JSON.parse(byId("report-json").textContent);
    const told = { kind: "false alarm", model: report.model, sentence: report.sentences[index], abstract: report.study_text };
    save(new Blob([JSON.stringify(told, null, 2) + "\n"]), "health-claim-false-alarm.json");
  }

  function step(by) {
    const order = findings().filter((id) => !isDismissed(id));
    if (!order.length) return;
    // From a sentence that is no finding, or one no longer, on to the nearest that is.
    const place = (id) => Number(id.slice(1));
    const ahead = order.filter((id) => (place(id) - place(current ?? "s-1")) * by > 0);
    const next = by > 0 ? (ahead[0] ?? order[0]) : (ahead.at(-1) ?? order.at(-1));
    pick(next);
    returnTo = byId(`mark-${next}`);
    if (!narrow() && returnTo) returnTo.scrollIntoView({ block: "nearest", behavior: motion() });
    const title = document.querySelector(`#detail-${next} h3`);
    if (title) announce(title.textContent);
  }

  function back() {
    const mark = quote || (current && byId(`mark-${current}`)) || returnTo;
    quote = null;
    if (!mark || !mark.isConnected) return;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center", behavior: motion() });
  }

  async function copy(button) {
    const words = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      const box = document.createElement("textarea");
      box.value = words;
      document.body.append(box);
      box.select();
      document.execCommand("copy");
      box.remove();
      button.focus();
    }
    button.textContent = "Copied";
    announce("Copied");
    window.setTimeout(() => (button.textContent = button.dataset.again || "Copy"), 2000);
  }

  function download(button) {
    const held = byId(button.dataset.source);
    const bytes = held.dataset.base64 === undefined ? held.textContent : bytesOf(held.textContent);
    save(new Blob([bytes], { type: "application/octet-stream" }), button.dataset.download);
  }

  function save(file, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  /** Read the file that was chosen and hand it over: in the address bar of no request, on no disk. */
  let chosen = ["", ""];
  async function open(input) {
    const file = input.files[0];
    if (!file) return;
    const largest = Number(input.dataset.largest);
    if (file.size > largest) {
      const line = byId(input.dataset.line);
      line.className = "status-line problem";
      line.textContent = `${file.name} is larger than ${largest / 1_000_000} MB: ${input.dataset.instead}.`;
      input.value = "";
      return;
    }
    // A file that the browser cannot read goes over empty, and the answer says so.
    const data = await new Promise((done) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result).split(",")[1] || "");
      reader.onerror = () => done("");
      reader.readAsDataURL(file);
    });
    chosen = [file.name, data];
    byId(input.dataset.opens).click();
    input.value = "";
  }

  /** The inputs of the listener that takes the file, its name and bytes in the first two places. */
  function opened(inputs) {
    const given = [...chosen, ...inputs.slice(2)];
    chosen = ["", ""];
    return given;
  }

  /** Rows by what stands in the header's column; a second press turns the order round. */
  function sort(button) {
    const head = button.closest("th");
    const numbers = button.dataset.sort === "number";
    const before = head.ariaSort;
    const order = before === "ascending" || (before === "none" && numbers) ? "descending" : "ascending";
    const body = byId("batch-table").tBodies[0];
    const value = (row) => row.cells[head.cellIndex].dataset.value;
    const compare = (a, b) => (numbers ? value(a) - value(b) : value(a).localeCompare(value(b), undefined, { numeric: true }));
    const rows = Array.from(body.rows).sort((a, b) => (order === "ascending" ? compare(a, b) : compare(b, a)));
    for (const one of head.parentElement.querySelectorAll("[aria-sort]")) one.ariaSort = one === head ? order : "none";
    body.append(...rows);
    announce(`Sorted by ${button.textContent.toLowerCase()}, ${order}`);
  }

  let rowToOpen = "";
  function openRow(button) {
    rowToOpen = button.dataset.open;
    byId("open-row").click();
  }

  /** The inputs of the listener that shows a row, which one in the first place; focus goes where its report begins. */
  function row(inputs) {
    toResult = true;
    return [rowToOpen, ...inputs.slice(1)];
  }

  function stopping(inputs) {
    const line = byId("batch-status-line");
    if (line.textContent.endsWith("…")) line.textContent = "Stopping after the drafts that are being read …";
    return inputs;
  }

  function saveZip(zip) {
    if (zip) save(new Blob([bytesOf(zip)], { type: "application/zip" }), "health-claim-batch.zip");
    return "";
  }

  const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

  function showCues(shown) {
    cuesShown = shown;
    const report = byId("report");
    if (report) report.classList.toggle("no-cues", !shown);
    const box = byId("cue-switch");
    if (box) box.checked = shown;
  }

  /** Of the tabs only the chosen one is a stop of the Tab key; arrow keys go from one to the next. */
  const tabs = () => all("#tabs [role=tab]");
  function rove() {
    for (const tab of tabs()) tab.tabIndex = tab.ariaSelected === "true" ? 0 : -1;
  }

  function toTab(key) {
    const found = tabs();
    const at = found.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1 + found.length, Home: 0, End: found.length - 1 }[key] % found.length;
    found[next].focus();
    found[next].click();
    window.requestAnimationFrame(rove);
  }

  document.addEventListener("focusin", (event) => {
    if (event.target.matches("[role=tab]")) rove();
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const at = (selector) => event.target.closest(selector);
    const control = at("[data-sort], [data-open]");
    if (control) (control.dataset.open === undefined ? sort : openRow)(control);
    const button = at("[data-copy], [data-download], [data-step], [data-back], [data-show], [data-dismiss], [data-restore], [data-false-alarm]");
    if (button) {
      const { copy: words, download: name, step: by, show: reference, dismiss: gone, restore: returned, falseAlarm: wrong } = button.dataset;
      if (gone !== undefined) dismiss(gone, true);
      else if (returned !== undefined) dismiss(returned, false);
      else if (wrong !== undefined) falseAlarm(Number(wrong));
      else if (words !== undefined) copy(button);
      else if (name !== undefined) download(button);
      else if (by !== undefined) step(Number(by));
      else if (reference !== undefined) {
        light(reference);
        quote = at(".margin, .caveat-section, .facts") ? button : null;
        byId("marked-abstract").scrollIntoView({ block: narrow() ? "center" : "nearest", behavior: motion() });
        announce("Shown in the abstract");
      } else back();
      return;
    }
    const sentence = at("#report [data-pick]");
    const listed = Boolean(at("#report button"));
    if (sentence && (listed || document.getSelection().isCollapsed)) {
      pick(sentence.dataset.pick, { from: sentence, focus: listed });
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest("#inputs")) {
      event.preventDefault();
      submitted = event.target;
      byId("check").click();
    } else if ((event.key === "Enter" || event.key === " ") && event.target.matches("mark[data-pick]")) {
      event.preventDefault();
      pick(event.target.dataset.pick, { from: event.target, focus: true });
    } else if (["ArrowRight", "ArrowLeft", "Home", "End"].includes(event.key) && event.target.matches("[role=tab]")) {
      event.preventDefault();
      toTab(event.key);
    } else if (event.key === "Escape" && event.target.closest("#panel")) {
      back();
    }
  });

  document.addEventListener("input", () => (submitted = null));

  document.addEventListener("change", (event) => {
    if (event.target.id === "cue-switch") showCues(event.target.checked);
    else if (event.target.dataset.opens) open(event.target);
  });

  /** Called after each check: nothing of the last report's state stays. */
  function ready() {
    window.requestAnimationFrame(() =>
      window.requestAnimationFrame(() => {
        current = returnTo = null;
        rove();
        if (!byId("report")) return;
        showCues(cuesShown);
        const first = byId("panel").dataset.first;
        if (first) pick(first);
        byId("status").scrollIntoView({ block: "start", behavior: motion() });
        // Who checks by keyboard reads on from the result, unless already typing again.
        if (toResult || (submitted && submitted === document.activeElement)) byId("draft-title").focus({ preventScroll: true });
        submitted = null;
        toResult = false;
      }),
    );
  }

  window.checkerPage = { ready, opened, row, stopping, saveZip };
})();
