import { describePsk } from './under-test.ts';

describePsk();
