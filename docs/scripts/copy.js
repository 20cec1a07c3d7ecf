// A button beside each heading of a case that copies its permanent address, and one per citation.
(function () {
  "use strict";

  function copied(button) {
    var name = button.dataset.name;
    button.dataset.name = "已复制";
    setTimeout(function () { button.dataset.name = name; }, 1500);
  }

  // A folder is no secure context, so that the clipboard may be missing there.
  function copy(text, button) {
    if (navigator.clipboard) {
      navigator.clipboard.writeText(text).then(function () { copied(button); }, function () {
        select(text, button);
      });
    } else select(text, button);
  }

  function select(text, button) {
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("aria-hidden", "true");
    document.body.append(field);
    field.select();
    if (document.execCommand("copy")) copied(button);
    field.remove();
    button.focus();
  }

  function add(place, name, text) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "cb-copy";
    button.dataset.name = name; // shown by the style sheet: the heading's own text stays its own
    button.setAttribute("aria-label", name);
    button.addEventListener("click", function () { copy(text(), button); });
    place.append(button);
  }

  document.querySelectorAll(".cb-case .cb-head[id]").forEach(function (head) {
    add(head, "复制链接", function () { return location.href.split("#")[0] + "#" + head.id; });
  });
  document.querySelectorAll(".cb-cite").forEach(function (cite) {
    var code = cite.querySelector("code");
    add(cite.querySelector(".cb-cite__name"), "复制", function () { return code.textContent; });
  });
})();
