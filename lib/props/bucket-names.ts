/** What a bucket of S3 may be called. */
export const S3_BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** A folder in a bucket; of `..` stores make what they like. */
export const BUCKET_FOLDER = /^(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w.-]+(\/[\w.=-]+)*$/;
