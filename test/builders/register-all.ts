import type { Enrollment } from '../../domain/enrollment.ts';
import type { EnrollmentStore } from '../../domain/ports.ts';

const AT_A_TIME = 40; // the SDK opens 50 connections

/** Registers a fleet, as many at a time as a client has connections for. */
export const registerAll = async (store: EnrollmentStore, enrollments: readonly Enrollment[]): Promise<void> => {
  for (let start = 0; start < enrollments.length; start += AT_A_TIME) {
    await Promise.all(enrollments.slice(start, start + AT_A_TIME).map((enrollment) => store.register(enrollment)));
  }
};
