// The live board: the server draws it, this only fetches it again.
(function () {
  "use strict";
  var EVERY_MS = 5000;
  var board = document.getElementById("board");
  var seen = document.getElementById("seen");
  function held() {
    return document.hidden || board.contains(document.activeElement);
  }
  function again() {
    if (held()) { return; }
    fetch(board.dataset.part, { credentials: "same-origin", cache: "no-store" }).then(function (answer) {
      if (answer.status === 401) { location.assign("/login"); return null; }
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (text) {
      if (text === null) { return; }
      if (board.innerHTML !== text) { board.innerHTML = text; }
      seen.textContent = "";
    }).catch(function () {
      seen.textContent = seen.dataset.lost;
    });
  }
  setInterval(again, EVERY_MS);
  document.addEventListener("visibilitychange", again);
})();
