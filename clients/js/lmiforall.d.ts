/** Parameters of a question: what is null or undefined isn't sent; several codes are a list. */
export type Parameters = Record<string, string | number | boolean | readonly (string | number)[] | null | undefined>;

export interface Settings {
  /** Milliseconds that one attempt may take in all; 20,000 where it isn't said. */
  timeout?: number;
  /** How often a question is asked, the first time included; 4. */
  attempts?: number;
  /** Milliseconds before the first retry, then doubled; at least half of it is waited. 500. */
  firstWait?: number;
  /** Milliseconds: no wait is longer, and who asks for more isn't waited for. 30,000. */
  longestWait?: number;
  /** Sent with questions to the old API, where a service asks for a key. */
  accessKey?: string;
  /** How many rows are asked for at once; 10,000. */
  page?: number;
  /** Whether answers are held here by ETag. A browser's own cache does it there; elsewhere it is on. */
  holds?: boolean;
  fetch?: typeof fetch;
  sleep?: (milliseconds: number) => Promise<unknown>;
  chance?: () => number;
}

export interface Release { release: string; kind: string; rows: Record<string, number> }
export interface DatasetSummary { name: string; title: string; summary: string; kind: string; rows: number; observations: string }
export interface Dimension { name: string; label?: string; codes: { code: string; title: string }[]; [more: string]: unknown }
export interface Dataset { name: string; title: string; summary: string; release: string; dimensions: Dimension[]; [more: string]: unknown }

/** A figure with its codes by dimension; or a record, which has fields and no measure. */
export interface Observation {
  measure?: string;
  /** null where there is none: `status` says why. */
  value?: number | null;
  unit?: string;
  status: string;
  mark?: string;
  withheld_by?: string;
  quality?: { kind: string; value: number | null; mark?: string };
  interval?: { lower: number; upper: number; level: number };
  /** Where it is a wider group's figure: the codes that were asked for, and why theirs is withheld. */
  instead_of?: Record<string, string>;
  origin: Record<string, unknown>;
  [codeOrField: string]: unknown;
}

/** An answer of the old API as it came, and what its headers say of its figures. */
export interface Reply<Content = any> { content: Content; statuses: string[]; note: string; twin: string; release: string }
export interface Series { soc: number; figures: { year: number; value: number }[]; statuses: string[]; note: string }
export interface Deciles { median: number; deciles: Record<string, number>; statuses: string[] }
export interface Occupation { soc: number; title: string; description: string; qualifications: string; tasks: string; add_titles: string[] }
export interface Weighted { soc: number; title: string; weight: number }
export interface YearOfParts { year: number; breakdown: { code: number; name: string; employment: number; note?: string }[] }
export interface Demand { soc: number; start_year: number; end_year: number; rate: number }
export interface Scale { id: string; skills: { id: string; name: string; value: number }[] }

export interface CrosswalkTarget { code: string; title: string; weight: number; back: number }
export interface CrosswalkStep { from: string; to: string; basis: string; meaning: string; dataset: string; [more: string]: unknown }
/** A code in another classification: all its targets, the largest first, and what they are worth. */
export interface Crosswalk {
  release: string;
  from: { scheme: string; code: string; title: string };
  to: { scheme: string };
  relation: "none" | "one to one" | "one to many" | "many to one" | "many to many";
  targets: CrosswalkTarget[];
  left_out: number;
  arrives: number;
  returns: number;
  quality: "published" | "estimated" | "in equal parts";
  way: CrosswalkStep[];
  why?: string;
}

export class LMIError extends Error { readonly address: string; readonly what: string }
export class Unreachable extends LMIError {}
export class Misunderstood extends LMIError {}
export class NoFigures extends LMIError {}
export class Refused extends LMIError {
  readonly status: number;
  readonly where: string;
  readonly do: string;
  /** Milliseconds that the service asks to wait. */
  readonly retryAfter: number | null;
}

export class LMI {
  constructor(address: string, settings?: Settings);
  release(): Promise<Release>;
  datasets(): Promise<DatasetSummary[]>;
  dataset(name: string): Promise<Dataset>;
  count(name: string, codes?: Parameters): Promise<number>;
  observations(name: string, codes?: Parameters): AsyncGenerator<Observation, void, undefined>;
  crosswalk(from: string, to: string, code: number | string, more?: { least?: number }): Promise<Crosswalk>;
  v1<Content = any>(path: string, parameters?: Parameters): Promise<Reply<Content>>;
  search(words: string, more?: Parameters): Promise<Occupation[]>;
  occupation(soc: number | string, more?: Parameters): Promise<Occupation>;
  convert(soc: number | string, from?: "soc2010" | "soc2020"): Promise<Weighted[]>;
  pay(soc: number | string, more?: Parameters): Promise<Series>;
  payChanges(soc: number | string, more?: Parameters): Promise<Series>;
  payDeciles(soc: number | string, more?: Parameters): Promise<Deciles>;
  hours(soc: number | string, more?: Parameters): Promise<Series>;
  employment(soc: number | string, more?: Parameters): Promise<Series>;
  employmentBy(what: string, soc: number | string, more?: Parameters): Promise<YearOfParts[]>;
  replacementDemand(soc: number | string, more?: Parameters): Promise<Demand>;
  onetOf(soc: number | string, more?: Parameters): Promise<{ code: string; title: string }[]>;
  skills(onet: string): Promise<Scale[]>;
}
