import fc from 'fast-check';

// A mutant is caught by the first counterexample; making it smaller would only take time.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
