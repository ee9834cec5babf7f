import type { Given } from '../validation/checked-props';

/** How CustomResourceDefinitions of a chart are written. */
export interface HelmCrdsOptions {
  /**
   * Whether they say what their fields mean, which `kubectl explain` shows. That is most of their size: without it those of most charts are small
   * enough for `kubectl apply` without `--server-side`.
   * @default true
   */
  readonly descriptions?: boolean;
}

/**
 * Where the CustomResourceDefinitions of a Helm chart go, those of its folder `crds` and those that its templates make. `kubectl apply` finds no
 * object of a kind that it has not been told of before.
 */
export class HelmCrds {
  /**
   * In a file of their own, which stands before that of the cdk8s chart: the files of the app then have numbers before their names.
   * @param options how they are written.
   */
  static apart(options?: HelmCrdsOptions): HelmCrds {
    return new HelmCrds('apart', options, ['apart', options]);
  }

  /**
   * With the other objects of the chart, before them.
   * @param options how they are written.
   */
  static here(options?: HelmCrdsOptions): HelmCrds {
    return new HelmCrds('here', options, ['here', options]);
  }

  /** Nowhere: they are in the cluster already, or somebody else puts them there. */
  static leftOut(): HelmCrds {
    return new HelmCrds('leftOut', undefined, ['leftOut']);
  }

  private constructor(
    private readonly place: 'apart' | 'here' | 'leftOut',
    private readonly options: HelmCrdsOptions | undefined,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _areIncluded(): boolean {
    return this.place !== 'leftOut';
  }

  /** @internal */
  get _areApart(): boolean {
    return this.place === 'apart';
  }

  /** @internal */
  get _haveDescriptions(): boolean {
    return this.options?.descriptions ?? true;
  }
}
