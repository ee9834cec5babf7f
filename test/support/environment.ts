const original = { ...process.env };

/** Set variables of the environment, and take away those that are undefined. `afterEach(restoreEnvironment)` undoes it. */
export function setEnvironment(variables: { readonly [name: string]: string | undefined }): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

export function restoreEnvironment(): void {
  for (const name of Object.keys(process.env)) if (!(name in original)) delete process.env[name];
  setEnvironment(original);
}
