package dev.tandem.decoder.torch;

/** Where tensors live and are computed. */
public enum Device {
    CPU,
    CUDA
}
