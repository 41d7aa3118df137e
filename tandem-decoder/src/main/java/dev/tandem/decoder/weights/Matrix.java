package dev.tandem.decoder.weights;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A weight matrix as it is held: as it is, or in four bits. Owns its native memory. */
public interface Matrix extends AutoCloseable {
    /** Rows: numbers that come out. */
    long rows();

    /** Columns: numbers that go in. */
    long columns();

    /**
     * The matrix in full, {@code [rows, columns]}; what is held as it is is not copied. An object of the innermost
     * PointerScope, unless the matrix is held in full.
     */
    Tensor dense(ScalarType type);

    /** Bytes of native memory. */
    long bytes();

    @Override
    void close();

    /** A matrix held as it is; takes over the tensor. */
    record Dense(Tensor tensor) implements Matrix {
        @Override
        public long rows() {
            return tensor.size(0);
        }

        @Override
        public long columns() {
            return tensor.size(1);
        }

        @Override
        public Tensor dense(ScalarType type) {
            return tensor;
        }

        @Override
        public long bytes() {
            return tensor.numel() * tensor.element_size();
        }

        @Override
        public void close() {
            tensor.close();
        }
    }
}
