/** A value in a Secret that is in the cluster already. */
export interface SecretKey {
  /** The name of the Secret, in the namespace of the pods. */
  readonly secretName: string;
  /**
   * The key in the Secret.
   * @default - told where it is used
   */
  readonly key?: string;
}
