// Light, dark, or as the system: put on before anything is drawn.
"use strict";

try {
  const kept = localStorage.getItem("theme");
  if (kept) document.documentElement.dataset.theme = kept;
} catch { /* a browser that keeps nothing follows the system */ }
