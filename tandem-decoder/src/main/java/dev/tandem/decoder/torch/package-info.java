/** libtorch's edge: how it is loaded, on which device and in which precision, and who frees native memory when. */
@org.jspecify.annotations.NullMarked
package dev.tandem.decoder.torch;
