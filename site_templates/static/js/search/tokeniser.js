// Tokeniser of the search, rule by rule that of the server: Chinese in pairs, PM2.5 and 16路 whole, plurals folded.
// The rules stand in portal/publishing/search/tokeniser.py; a test holds the two together.

const CHINESE = "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}\\u3041-\\u30ff\\uac00-\\ud7af々";
const OTHER = `(?:(?![${CHINESE}])[\\p{L}\\p{N}])`;
const UNITS = "路号股级类型岁超";
// The alternative of nothing at the end makes the groups of the look-ahead optional.
const RUN = new RegExp(
  `([${CHINESE}]+)|(${OTHER}+(?:(?<=[0-9])\\.[0-9]${OTHER}*)*)(?=( ?)([${UNITS}])|)`, "gu");
const IS_CHINESE = new RegExp(`^[${CHINESE}]`, "u");

const BOUND_CHARACTERS_MAX = 4;
const WORD_CHARACTERS_MAX = 64;
export const QUERY_CHARACTERS_MAX = 200;

/** The first characters of a text, counted as Unicode does. */
export function beginning(text, count) {
  return text.length <= count ? text : [...text].slice(0, count).join("");
}

/** Whether a unit is a Chinese character; kana and hangul, which are cut alike, count as such. */
export function isChinese(unit) {
  return unit.charCodeAt(0) >= 0x3041;
}

/** Units joined: a space stands between two words of letters or digits, nothing beside a character. */
export function keyOf(run) {
  let key = "";
  for (const unit of run) {
    key += key && !isChinese(unit) && !isChinese(key[key.length - 1]) ? ` ${unit}` : unit;
  }
  return key;
}

function pairsOf(signs) {
  return signs.slice(1).map((sign, place) => signs[place] + sign);
}

function joinedByStops(other) {
  const parts = other.split(".");
  return parts.slice(1).map((after, place) => beginning(`${parts[place]}.${after}`, WORD_CHARACTERS_MAX));
}

function singular(word) {
  word = beginning(word, WORD_CHARACTERS_MAX);
  const length = [...word].length;
  if (length > 4 && word.endsWith("ies") && !/[ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (length > 3 && word.endsWith("s") && !/(?:us|ss|aes|ees|oes)$/.test(word)) return word.slice(0, -1);
  return word;
}

function isBound(other, between, unit) {
  return Boolean(unit) && !between && [...other].length <= BOUND_CHARACTERS_MAX;
}

export class Tokeniser {
  /** Take the tables of the language: pairs of characters made simple, and what folds otherwise than to lower case. */
  constructor({ simplified, folded }) {
    const signs = [...simplified];
    this.simplified = new Map();
    for (let place = 0; place < signs.length; place += 2) this.simplified.set(signs[place], signs[place + 1]);
    this.folded = new Map(Object.entries(folded));
  }

  /** A text as it is compared: compatible forms, case, and traditional characters made alike. */
  fold(text) {
    const lower = Array.from(text.normalize("NFKC"), (sign) => this.folded.get(sign) ?? sign.toLowerCase()).join("");
    return Array.from(lower.normalize("NFKC"), (sign) => this.simplified.get(sign) ?? sign).join("");
  }

  * runs(text) {
    for (const [, chinese = "", other = "", between = "", unit = ""] of this.fold(text).matchAll(RUN)) {
      yield { chinese, other, between, unit };
    }
  }

  /** The words that a dataset must have to answer a text, each once. */
  queryWords(text) {
    return [...new Set(this.askedWords(beginning(text, QUERY_CHARACTERS_MAX)))];
  }

  * askedWords(text) {
    let bound = "";
    for (const { chinese, other, between, unit } of this.runs(text)) {
      const signs = [...chinese];
      if (signs.length > 1) yield* pairsOf(signs);
      else if (chinese && chinese !== bound) yield chinese;
      const whole = isBound(other, between, unit);
      bound = whole ? unit : "";
      if (whole) yield other + unit;
      else if (other) yield* other.includes(".") ? joinedByStops(other) : [singular(other)];
    }
  }

  /** The parts of a text in order, folded: runs of Chinese characters and other words, as [part, is Chinese]. */
  * parts(text) {
    let isTaken = false;
    for (const { chinese, other, between, unit } of this.runs(text)) {
      const left = isTaken ? chinese.slice(1) : chinese;
      isTaken = isBound(other, between, unit);
      if (left) yield [left, true];
      else if (other) yield [isTaken ? other + unit : singular(other), false];
    }
  }

  /** The units of a text: single Chinese characters, whole other words. */
  units(text) {
    const found = [];
    for (const [part, chinese] of this.parts(text)) found.push(...(chinese ? [...part] : [part]));
    return found;
  }

  /** What stands in the spelled text of whatever holds a phrase; "" where it has no words. */
  spelledPhrase(text) {
    const parts = [];
    for (const { chinese, other } of this.runs(text)) parts.push(...(chinese ? [chinese] : other.split(".").map(singular)));
    if (!parts.length) return "";
    const [before, after] = [parts[0], parts.at(-1)].map((part) => (IS_CHINESE.test(part) ? "" : " "));
    return before + parts.join(" ") + after;
  }
}
