export { type Applicant, asTheBureauKnows, type BureauFile, type BureauPerson } from './applicant';
export { CsvError } from './csv';
export { generateApplicants } from './generator';
export type { PeopleOptions } from './profile';
export { applicantsFromCsv } from './south-german-credit';
export { type Conduct, conductOf, reactionToOffer } from './temperament';
