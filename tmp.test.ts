import { plainTerms, replayLoan, type LoanFact } from './domain/schedule';
const show = (x: unknown) => JSON.stringify(x, (k,v)=> typeof v==='bigint'? String(v):v);
test('x', () => {
  const p = plainTerms('CNY','0.043');
  const terms = { ...p, rounding: { ...p.rounding, mode: 'UP' as const } };
  const ag = { principal: 100n, installments: 14, submittedOn: 20484 };
  const facts: LoanFact[] = [{ id: '1', on: 20484, knownOn: 20484, kind: 'disbursement', amount: 100n },{ id:'2', on: 20485, knownOn: 20485, kind:'credit', credit:'repayment', amount: 96n }, { id:'3', on: 20484+29, knownOn: 20484+29, kind:'credit', credit:'repayment', amount: 1n }];
  for (const n of [1,2,3]) {
    const a = replayLoan(terms, ag, facts.slice(0,n), 20484+29);
    console.log(a.status, show(a.outstanding), show(a.overpaid), show(a.transactions.map(t=>[t.amount,t.parts,t.overpaid])), a.installments.map(i=>`${i.due-20484}:${i.owed.principal}-${i.paid.principal}/${i.owed.interest}-${i.paid.interest}`).join(' '));
  }
});
