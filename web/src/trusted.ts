// Trusted Types: with our content security policy a browser that knows them takes no string for markup or code. The one exception is the address of a
// script (the search Worker, the service worker) from this site; import this module before such an address is used.
interface TrustedTypes {
  createPolicy(name: "default", rules: { createScriptURL(url: string): string | null }): unknown;
}

(globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (new URL(url, document.baseURI).origin === location.origin ? url : null),
});
