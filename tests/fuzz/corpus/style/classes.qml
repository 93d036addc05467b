<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.38.0" styleCategories="Symbology|Temporal" hasScaleBasedVisibilityFlag="0">
  <temporal enabled="1" mode="3" fetchMode="0">
    <ranges>
      <range band="1" begin="2020-01-01T00:00:00Z" end="2021-01-01T00:00:00Z" includeBeginning="1" includeEnd="0"/>
      <range band="2" begin="2021-01-01T00:00:00Z" end="2022-01-01T00:00:00Z" includeBeginning="1" includeEnd="0"/>
      <range band="3" begin="2022-01-01T00:00:00Z" end="2023-01-01T00:00:00Z" includeBeginning="1" includeEnd="0"/>
      <range band="4" begin="2023-01-01T00:00:00Z" end="2024-01-01T00:00:00Z" includeBeginning="1" includeEnd="0"/>
      <range band="5" begin="2024-01-01T00:00:00Z" end="2025-01-01T00:00:00Z" includeBeginning="1" includeEnd="0"/>
      <range band="6" begin="2025-01-01T00:00:00Z" end="2026-01-01T00:00:00Z" includeBeginning="1" includeEnd="0"/>
    </ranges>
  </temporal>
  <pipe>
    <provider>
      <resampling enabled="false" zoomedInResamplingMethod="nearestNeighbour" zoomedOutResamplingMethod="nearestNeighbour" maxOversampling="2"/>
    </provider>
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor="" classificationMin="0" classificationMax="1">
      <rasterTransparency/>
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Exact</statAccuracy>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="DISCRETE" classificationMode="1" clip="0" minimumValue="0" maximumValue="1" labelPrecision="4">
          <item value="0.1" color="#ffffff" alpha="255" label="very unlikely, under 10%"/>
          <item value="0.33" color="#cfe4ea" alpha="255" label="unlikely, 10 to 33%"/>
          <item value="0.66" color="#8cc0d0" alpha="255" label="about even, 33 to 66%"/>
          <item value="0.9" color="#3d89aa" alpha="255" label="likely, 66 to 90%"/>
          <item value="inf" color="#0f4467" alpha="255" label="very likely, over 90%"/>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0"/>
    <rasterresampler maxOversampling="2"/>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
