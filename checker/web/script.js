// Picking a sentence shows its detail and lights up the abstract; all of it is in the page already.
(() => {
  "use strict";

  const byId = (id) => document.getElementById(id);
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;
  const motion = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
  let current = null;
  let returnTo = null;
  let cuesShown = true;
  let submitted = null;

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
    const at = order.indexOf(current);
    const next = at < 0 ? 0 : (at + by + order.length) % order.length;
    pick(order[next]);
    returnTo = byId(`mark-${order[next]}`);
    if (!narrow() && returnTo) returnTo.scrollIntoView({ block: "nearest", behavior: motion() });
    const title = document.querySelector(`#detail-${order[next]} h3`);
    if (title) announce(title.textContent);
  }

  function back() {
    const mark = (current && byId(`mark-${current}`)) || returnTo;
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
    const bytes = held.dataset.base64 === undefined ? held.textContent : Uint8Array.from(atob(held.textContent), (c) => c.charCodeAt(0));
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
      say(`${file.name} is larger than ${largest / 1_000_000} MB: paste its text instead.`);
      input.value = "";
      return;
    }
    const data = await new Promise((done, failed) => {
      const reader = new FileReader();
      reader.onload = () => done(String(reader.result).split(",")[1] || "");
      reader.onerror = () => failed(reader.error);
      reader.readAsDataURL(file);
    });
    chosen = [file.name, data];
    byId(input.dataset.opens).click();
    input.value = "";
  }

  function opened() {
    const given = chosen;
    chosen = ["", ""];
    return given;
  }

  function say(words) {
    const line = byId("status-line");
    line.className = "problem";
    line.textContent = words;
  }

  function showCues(shown) {
    cuesShown = shown;
    const report = byId("report");
    if (report) report.classList.toggle("no-cues", !shown);
    const box = byId("cue-switch");
    if (box) box.checked = shown;
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const at = (selector) => event.target.closest(selector);
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
        if (narrow()) byId("marked-abstract").scrollIntoView({ block: "center", behavior: motion() });
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
        if (!byId("report")) return;
        showCues(cuesShown);
        const first = byId("panel").dataset.first;
        if (first) pick(first);
        byId("status").scrollIntoView({ block: "start", behavior: motion() });
        // Who checks by keyboard reads on from the result, unless already typing again.
        if (submitted && submitted === document.activeElement) byId("draft-title").focus({ preventScroll: true });
        submitted = null;
      }),
    );
  }

  window.checkerPage = { ready, opened };
})();
