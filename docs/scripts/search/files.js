"use strict";
// Loads the files of the index. Each is a script that calls `cbs` with its name and its words:
// a browser lets no page fetch data from a folder, but it runs scripts from there.

/** Promises by key. One that fails is forgotten, so that the next call tries again. */
class PromiseCache {
  constructor() {
    /** @type {Map<string, Promise<any>>} */
    this.promises = new Map();
  }

  /**
   * What was promised for a key, else what `make` promises now.
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} make
   * @returns {Promise<T>}
   */
  get(key, make) {
    const known = this.promises.get(key);
    if (known) return known;
    const made = make();
    this.promises.set(key, made);
    made.catch(() => this.promises.delete(key));
    return made;
  }
}

/** The files of an index; each is loaded once. */
class IndexFiles {
  /** @param {(name: string) => Promise<string>} load promises the words of a file */
  constructor(load) {
    this.load = load;
    this.cache = new PromiseCache();
  }

  /** @param {string} name */
  words(name) {
    return this.cache.get(name, () => this.load(name));
  }

  /** The content of a file of compressed JSON. @param {string} name */
  async json(name) {
    return readJson(await this.words(name));
  }
}

/**
 * A function that loads files as scripts.
 * @param {string} folder its address, which ends with a slash
 */
function scriptLoader(folder) {
  /** @type {Map<string, (words: string) => void>} */
  const waiting = new Map();
  // Every file of the index calls this name.
  Object.assign(window, {
    cbs(/** @type {string} */ name, /** @type {string} */ words) {
      waiting.get(name)?.(words);
    },
  });
  /** @param {string} name @returns {Promise<string>} */
  function load(name) {
    return new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `${folder}${name}.js`;
      // "load" comes after the file's call, or without one where the file is damaged.
      for (const event of ["load", "error"]) {
        script.addEventListener(event, () => {
          script.remove();
          waiting.delete(name);
          reject(new Error(`cannot load ${name}`));
        });
      }
      document.head.append(script);
    });
  }
  return load;
}
