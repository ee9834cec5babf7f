/** A part of a manifest, of whatever kind and not yet known to be right. */
// biome-ignore lint/suspicious/noExplicitAny: the API server's types are not at hand, and wrong ones must be looked at too
export type Json = any;
