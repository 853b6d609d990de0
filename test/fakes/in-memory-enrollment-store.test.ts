import { describeEnrollmentStore } from '../contracts/enrollment-store.contract.ts';
import { InMemoryEnrollmentStore } from './in-memory-enrollment-store.ts';

describeEnrollmentStore('The store in memory', { newStore: () => Promise.resolve(new InMemoryEnrollmentStore()) });
