const FORM = /^([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/;

const FACTORS: { readonly [suffix: string]: number } = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a Kubernetes quantity stands for (cores, bytes), or undefined if it is not one. */
export function quantityValue(quantity: string): number | undefined {
  const match = FORM.exec(quantity);
  if (!match) return undefined;
  const suffix = match[2] ?? '';
  return Number(match[1]) * (suffix === '' ? 1 : (FACTORS[suffix] ?? Number(`1${suffix}`)));
}

/**
 * A quantity in the form in which the API server hands it back. In another form (`0.5` for `500m`, `1024Mi` for `1Gi`)
 * each `kubectl apply` would report a change.
 */
export function canonicalQuantity(quantity: string): string {
  const value = quantityValue(quantity);
  if (value === undefined) return quantity;
  if (/[KMGTPE]i$/.test(quantity) && Number.isInteger(value)) {
    const suffix = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'].find((unit) => value !== 0 && value % FACTORS[unit] === 0);
    return suffix ? `${value / FACTORS[suffix]}${suffix}` : `${value}`;
  }
  if (!Number.isInteger(value)) return `${Math.ceil(Number((value * 1000).toFixed(6)))}m`;
  const suffix = ['E', 'P', 'T', 'G', 'M', 'k'].find((unit) => value !== 0 && value % FACTORS[unit] === 0);
  return suffix ? `${value / FACTORS[suffix]}${suffix}` : `${value}`;
}
