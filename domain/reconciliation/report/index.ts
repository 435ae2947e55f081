export { type ChannelFacts, channelReport, type ReportedBreak } from './channel-report';
export { reportTables } from './report-tables';
