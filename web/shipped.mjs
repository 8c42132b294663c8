// Which npm packages have code in the site: seen in what the bundler writes, so that none is forgotten. web/bill.py makes the list of it.
import { writeFileSync } from "node:fs";

const found = new Set();

/** Notes the packages of a bundle; used for the pages and, apart, for the Workers. */
export function noteShipped() {
  return {
    name: "note-shipped",
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle))
        for (const [id, { renderedLength }] of Object.entries(chunk.modules ?? {})) {
          const name = id.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];
          if (name !== undefined && renderedLength > 0) found.add(name);
        }
    },
  };
}

/** Writes the list when the pages, which are built last, are there. */
export function listShipped(file) {
  return { ...noteShipped(), writeBundle: () => writeFileSync(file, `${JSON.stringify([...found].sort(), null, 2)}\n`) };
}
