// When the server stops, Gradio reloads the page as soon as the server is back, and what was typed is gone. Here a lost connection
// is no more than a check that failed: the status line says so, the text stays, and the next press of the button asks again.
(() => {
  "use strict";

  const LOST =
    "The connection to the checker was lost. Your text is still here: when the checker runs again, press the button again. Do not reload the page.";
  const ask = window.fetch.bind(window);
  const before = new Map();
  const running = new Set();

  /** Say so where something was asked: in the tab that is open, and wherever work was going on. */
  function lost() {
    for (const line of document.querySelectorAll(".status-line")) {
      if (line.textContent === LOST || !(line.offsetParent || line.textContent.endsWith("…"))) continue;
      if (!before.has(line)) before.set(line, [line.className, line.textContent]);
      line.className = "status-line problem";
      line.textContent = LOST;
    }
  }

  /** The line of the open tab is again as Gradio left it, which writes to it only what is new. */
  function found() {
    for (const [line, [look, words]] of before) {
      if (!line.offsetParent) continue;
      before.delete(line);
      if (line.textContent !== LOST) continue;
      line.className = look;
      line.textContent = words;
    }
  }

  const is = (message, kind) => message.startsWith(`data: {"msg":"${kind}"`);
  const written = (message) => `data: ${JSON.stringify(message)}\n\n`;

  /** Gradio's words for "these checks failed, and there is no more to come". */
  function failures() {
    const output = { error: "connection lost", visible: false };
    const failed = Array.from(running, (id) => written({ msg: "process_completed", event_id: id, success: false, output }));
    running.clear();
    lost();
    return failed.join("") + written({ msg: "close_stream" });
  }

  /** The messages of a stream, whole ones only; where it breaks off before its end, the failures. */
  function mended(stream, signal) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    const encoder = new TextEncoder();
    async function pass(out) {
      let held = "";
      for (;;) {
        const { done, value } = await reader.read().catch(() => ({ done: true }));
        if (signal.aborted) return; // by Gradio, which reads no further
        const messages = done ? [] : (held + value).split("\n\n");
        held = messages.pop();
        for (const message of messages) {
          if (is(message, "unexpected_error")) return out.enqueue(encoder.encode(failures()));
          if (is(message, "process_completed")) running.delete(/"event_id":"([^"]+)"/.exec(message)?.[1]);
          out.enqueue(encoder.encode(`${message}\n\n`));
          if (is(message, "close_stream")) return;
        }
        if (done) return out.enqueue(encoder.encode(failures()));
      }
    }
    return new ReadableStream({
      start: (out) => pass(out).then(() => signal.aborted || out.close(), (error) => out.error(error)),
      cancel: (reason) => reader.cancel(reason),
    });
  }

  window.fetch = async (input, options) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, document.baseURI);
    const listens = pathname.endsWith("/queue/data");
    const asks = /\/(queue\/join|run\/\w+)$/.test(pathname);
    if (!listens && !asks) return ask(input, options);
    let answer;
    try {
      answer = await ask(input, options);
    } catch {
      if (listens) return new Response(failures());
      lost();
      return new Response('{"detail": []}', { status: 422 }); // to Gradio, an input that is not valid: no message, no reload
    }
    if (listens) return new Response(answer.ok ? mended(answer.body, input.signal) : failures());
    if (answer.ok) found();
    if (answer.ok && pathname.endsWith("/queue/join")) running.add((await answer.clone().json()).event_id);
    return answer;
  };
})();
