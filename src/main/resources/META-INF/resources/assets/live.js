// Keeps a page that shows "now" fresh: every five seconds its <main> and coverage strips are fetched
// and exchanged, unless updates are paused, the page is hidden, or the reader is in the middle of it.
"use strict";
(() => {
  const everyMs = 5000;
  const box = document.getElementById("live-pause");
  const words = document.getElementById("live-words");
  if (!box || !words) return;
  box.closest(".live").hidden = false;
  box.checked = sessionStorage.getItem("live-paused") === "yes";
  const say = (text) => { if (words.textContent !== text) words.textContent = text; };
  const busy = () => {
    const main = document.getElementById("main");
    const selection = document.getSelection();
    return main.contains(document.activeElement) && document.activeElement !== main
      || (selection && !selection.isCollapsed) || main.querySelector("details[open]") !== null;
  };
  box.addEventListener("change", () => {
    sessionStorage.setItem("live-paused", box.checked ? "yes" : "no");
    say(box.checked ? "Paused" : "");
  });
  const refresh = async () => {
    if (box.checked || document.hidden || busy()) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) { say("The server answers " + answer.status); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (box.checked || busy()) return;
      document.getElementById("main").replaceChildren(...fresh.getElementById("main").childNodes);
      const strips = [...fresh.querySelectorAll(".cover")];
      const old = [...document.querySelectorAll(".cover")];
      if (strips.length === old.length) old.forEach((strip, i) => strip.replaceWith(strips[i]));
      say("");
    } catch {
      say("The server cannot be reached; this page may be old");
    }
  };
  setInterval(refresh, everyMs);
})();
