import { assert } from '../../domain/kernel';

/** A square matrix, row by row. */
export type Matrix = readonly Float64Array[];

const entry = (matrix: Matrix, row: number, column: number): number => matrix[row]?.[column] ?? 0;

/** The lower triangle L of a symmetric positive definite matrix = L Lᵀ (Cholesky). */
const cholesky = (matrix: Matrix): Matrix => {
  const lower = matrix.map((row) => new Float64Array(row.length));
  lower.forEach((target, row) => {
    for (let column = 0; column <= row; column += 1) {
      let left = entry(matrix, row, column);
      for (let k = 0; k < column; k += 1) left -= entry(lower, row, k) * entry(lower, column, k);
      if (row === column) assert(left > 0, 'the matrix is not positive definite');
      target[column] = row === column ? Math.sqrt(left) : left / entry(lower, column, column);
    }
  });
  return lower;
};

/** x with matrix · x = right; the matrix is symmetric and positive definite. */
export const solve = (matrix: Matrix, right: Float64Array): Float64Array => {
  const lower = cholesky(matrix);
  const size = right.length;
  const x = Float64Array.from(right);
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1) x[row] = (x[row] ?? 0) - entry(lower, row, k) * (x[k] ?? 0);
    x[row] = (x[row] ?? 0) / entry(lower, row, row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1) x[row] = (x[row] ?? 0) - entry(lower, k, row) * (x[k] ?? 0);
    x[row] = (x[row] ?? 0) / entry(lower, row, row);
  }
  return x;
};
