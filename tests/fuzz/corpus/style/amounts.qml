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
    <rasterrenderer type="singlebandpseudocolor" band="1" opacity="1" alphaBand="-1" nodataColor="" classificationMin="0" classificationMax="10000000">
      <rasterTransparency/>
      <minMaxOrigin>
        <limits>None</limits>
        <extent>WholeRaster</extent>
        <statAccuracy>Exact</statAccuracy>
      </minMaxOrigin>
      <rastershader>
        <colorrampshader colorRampType="INTERPOLATED" classificationMode="1" clip="0" minimumValue="0" maximumValue="10000000" labelPrecision="4">
          <item value="0" color="#f5f3ee" alpha="255" label="0"/>
          <item value="1000" color="#f0d9b8" alpha="255" label="1000 t CO2e/yr"/>
          <item value="10000" color="#d9a874" alpha="255" label="10000 t CO2e/yr"/>
          <item value="100000" color="#b37641" alpha="255" label="100000 t CO2e/yr"/>
          <item value="1000000" color="#8c4a1a" alpha="255" label="1000000 t CO2e/yr"/>
          <item value="10000000" color="#5a2b0a" alpha="255" label="10000000 t CO2e/yr"/>
        </colorrampshader>
      </rastershader>
    </rasterrenderer>
    <brightnesscontrast brightness="0" contrast="0" gamma="1"/>
    <huesaturation saturation="0" grayscaleMode="0" colorizeOn="0"/>
    <rasterresampler maxOversampling="2"/>
  </pipe>
  <blendMode>0</blendMode>
</qgis>
