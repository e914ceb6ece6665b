// What can be scrolled sideways, and controls that are not wholly in the window, each as its first words.
() => {
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1;
  const isOut = (element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -1 || right > innerWidth + 1);
  };
  const isShown = (element) => element.checkVisibility({ opacityProperty: true }) && !element.closest(".unseen, .skip-link");
  const named = (element) => `${element.localName}.${element.className} ${element.textContent.trim().slice(0, 30)}`;
  const all = [...document.querySelectorAll("body *")].filter(isShown);
  const out = all.filter((each) => each.matches("button, input, select, textarea, summary, a") && isOut(each));
  const whole = document.scrollingElement.scrollWidth > innerWidth ? ["the page itself"] : [];
  return [...whole, ...all.filter(scrolls).map(named), ...out.map(named)];
}
