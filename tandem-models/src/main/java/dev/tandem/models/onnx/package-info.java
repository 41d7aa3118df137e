/** Networks in ONNX files, run in this process, and the folders that they come in. */
@NullMarked
package dev.tandem.models.onnx;

import org.jspecify.annotations.NullMarked;
