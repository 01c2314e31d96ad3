// Shards: small JSON files, each fetched once and only if it is needed; which one holds a key follows from its route.

const encoder = new TextEncoder();

/** FNV-1a, 32 bits, as the build puts routes into files. */
export function hashed(route) {
  let value = 0x811c9dc5;
  for (const byte of encoder.encode(route)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

export class Shards {
  /** *load* gives the JSON of a file by its name; there are *count* files in *folder*. */
  constructor(load, folder, count) {
    this.load = load;
    this.folder = folder;
    this.count = count;
    this.files = new Map();
    this.coming = new Map();
  }

  /** Fetch what the routes need; each file once. */
  async need(routes) {
    const numbers = new Set(Array.from(routes, (route) => hashed(route) % this.count));
    await Promise.all(Array.from(numbers, (number) => this.fetched(number)));
  }

  fetched(number) {
    if (!this.coming.has(number)) {
      this.coming.set(number, this.load(`${this.folder}/${number}.json`).then((content) => {
        this.files.set(number, new Map(Object.entries(content)));
      }));
    }
    return this.coming.get(number);
  }

  /** The value of a key whose route was needed before; undefined where it has none. */
  get(route, key) {
    const file = this.files.get(hashed(route) % this.count);
    if (!file) throw new Error(`${this.folder} was not asked for ${route}`);
    return file.get(key);
  }
}

/** Pages of a list, by the places of items in it. */
export class Pages {
  constructor(load, folder, size) {
    this.load = load;
    this.folder = folder;
    this.size = size;
    this.coming = new Map();
  }

  async items(numbers) {
    return Promise.all(numbers.map(async (number) => {
      const page = Math.floor(number / this.size);
      if (!this.coming.has(page)) this.coming.set(page, this.load(`${this.folder}/${page}.json`));
      return (await this.coming.get(page))[number % this.size];
    }));
  }
}
