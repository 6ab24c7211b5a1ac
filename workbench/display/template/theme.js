// Light and dark: the system's choice until the reader makes one.
const themeButton = document.getElementById("toggle-theme");
const darkBySystem = matchMedia("(prefers-color-scheme: dark)");

function storedTheme() {
  try { return localStorage.getItem("workbench-theme"); } catch { return null; } // a file may have no storage
}
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : darkBySystem.matches;
}
function nameTheme() {
  themeButton.textContent = isDark() ? "Light" : "Dark";
}
if (storedTheme()) document.documentElement.dataset.theme = storedTheme();
themeButton.addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  try { localStorage.setItem("workbench-theme", theme); } catch { /* chosen for this page only */ }
  nameTheme();
});
darkBySystem.addEventListener("change", nameTheme);
nameTheme();
