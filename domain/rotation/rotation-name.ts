import * as z from 'zod/mini';
import { type RotationId, rotationId } from './rotation.ts';

/** What the jobs of a deployment are called, with `*` where anything follows: so much of an account's jobs is its own. */
export const rotationJobs = (prefix: string): string => `${prefix}-rotation-*`;

/** @param unique differs each time: letters, digits and `-`, at most 36. */
export const rotationIdOf = (prefix: string, unique: string): RotationId => z.parse(rotationId, `${prefix}-rotation-${unique}`);
