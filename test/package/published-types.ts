import type * as program from '../../local/main.ts';
import type * as published from '../../local/package/types/index.d.ts';

// The types of the package are written by hand, so that they need none of ours. They compile here only while they are true:
// what the program gives is what the types promise, and what the types let a caller hand over is what the program takes.
export const promised = (aws: program.LocalAws): published.LocalAws => aws;
export const accepted = (options: published.LocalAwsOptions): program.LocalAwsOptions => options;
