export {
  type Bin,
  type BinContent,
  type BinnedColumn,
  type BinningRules,
  binColumn,
  binsOfRows,
  DEFAULT_BINNING,
} from './bin-column';
