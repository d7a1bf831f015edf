/** Path below which Demarc is served, without a slash at its end: empty, or as `/netbox`. The server writes it into the page. */
export const base = (document.querySelector('base')?.getAttribute('href') ?? '/').replace(/\/$/, '')
