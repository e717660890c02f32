// Runs before the page is painted, so a menu left narrow does not jump: the only script outside the modules.
try {
  if (localStorage.getItem('menu') === 'angosto') document.documentElement.classList.add('menu-angosto')
} catch {
  // Without storage the menu is simply wide.
}
