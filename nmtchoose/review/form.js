const marks = () => {
  const box = (at, word) => `[${at.querySelector(`[value=${word}]`).checked ? "x" : " "}] ${word}`;
  const line = (text) => text.replace(/\s+/g, " ").trim();
  const field = (id) => line(document.getElementById(id).value);
  const items = [...document.querySelectorAll("section")].map((at) =>
    [at.dataset.heading, `${box(at, "accept")}   ${box(at, "object")}`, `Comment: ${line(at.querySelector("textarea").value)}`]);
  return [`Name: ${field("by")}`, `Licence: ${field("licence")}`, ...items.flat(), ""].join("\n");
};
let unsaved = false;
addEventListener("input", () => { unsaved = true; });
addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
document.getElementById("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([marks()], { type: "text/markdown" }));
  link.download = "review-marks.md";
  link.click();
  unsaved = false;
  document.getElementById("told").textContent = "Saved as review-marks.md among your downloads.";
});
